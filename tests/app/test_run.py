"""`sluice run` and `sluice config render`: secrets of one environment, resolved and handed over."""
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

import pytest
import yaml

from sluice_repo import GIT_ENV, SLUICE, Repo, sluice

BASE = """\
app: {name: shop, environment: null}
db:
  host: localhost
  port: 5432
  password: env://DB_PASSWORD
  ratio: 1.0e-3
tags: [a, "no"]
"""
DEV = "app: {environment: dev}\n"
PROD = "app: {environment: prod}\ndb: {host: db.internal, password: 'aws-sm://shop/prod#password'}\n"


def planted(word):
    """A value that stands nowhere but where a test puts it."""
    return "-".join(["pl4nted", word, "Q7"])


@pytest.fixture
def shop(tmp_path):
    repo = Repo(tmp_path / "shop")
    for name, text in (("base", BASE), ("dev", DEV), ("prod", PROD)):
        repo.write(f"config/config_{name}.yaml", text)
    repo.git("add", "-A")
    repo.commit()
    repo.write(".env", f"DB_PASSWORD={planted('dev')}\n")
    (repo.path / ".env").chmod(0o600)
    return repo


def run(shop, *args, **options):
    return shop.text("run", "--env", "dev", *args, **options)


def start(shop, *args, env=None):
    return subprocess.Popen([SLUICE, "run", "--env", "dev", *args], cwd=shop.path, env={**GIT_ENV, **(env or {})},
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_the_command_gets_the_secret_and_its_environment(shop):
    done = run(shop, "--", "sh", "-c", "echo $DB_PASSWORD $APP_ENV ${DB_HOST-unset}")
    assert done.code == 0, done
    assert done.out.decode().split() == [planted("dev"), "dev", "unset"]


def test_arguments_arrive_as_they_are(shop):
    odd = ["[ -f x ]", "--env", "-q", "", "a b", "{}", "[a,b]", "--", "%%"]
    done = run(shop, "--", sys.executable, "-c", "import sys, json; print(json.dumps(sys.argv[1:]))", *odd)
    assert json.loads(done.out) == odd, done


def test_all_values_when_asked(shop):
    done = run(shop, "--all", "--", "sh", "-c", "echo $DB_HOST $DB_PORT $TAGS")
    assert done.out.decode() == 'localhost 5432 ["a", "no"]\n', done


def test_the_environment_is_app_env(shop):
    done = shop.text("run", "--", "sh", "-c", "echo $DB_PASSWORD", env={"APP_ENV": "dev"})
    assert done.out.decode().strip() == planted("dev")
    done = shop.text("run", "--", "true")
    assert done.code == 2 and b"APP_ENV" in done.err
    done = shop.text("run", "--env", "devv", "--", "true")
    assert done.code == 2 and b"did you mean 'dev'?" in done.err


@pytest.mark.parametrize("options", [(), ("--mask",), ("--mount",)])
def test_exit_code_and_signal_pass_through(shop, options):
    assert run(shop, *options, "--", "sh", "-c", "exit 42").code == 42
    assert run(shop, *options, "--", "sh", "-c", "kill -KILL $$").code == -signal.SIGKILL
    process = start(shop, *options, "--", "sh", "-c", "trap 'exit 7' TERM; echo ready; while :; do sleep 0.05; done")
    assert process.stdout.readline() == b"ready\n"
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 7


@pytest.mark.parametrize("options", [(), ("--mask",), ("--mount",)])
def test_a_command_that_is_not_there(shop, options):
    done = run(shop, *options, "--", "no-such-command")
    assert done.code == 2 and b"no-such-command: cannot run" in done.err, done


@pytest.mark.parametrize("value, said", [("", "is empty"), ("changeme", "placeholder"), (None, "is not set")])
def test_a_missing_secret_stops_before_the_start(shop, value, said):
    shop.write(".env", "" if value is None else f"DB_PASSWORD={value}\nOTHER={planted('other')}\n")
    done = run(shop, "--", "touch", "started")
    assert done.code == 2 and not (shop.path / "started").exists(), done
    error = done.err.decode()
    assert "config/config_base.yaml:5:13" in error and "db.password" in error and said in error, error
    assert "pl4nted" not in error


def test_an_env_file_that_git_would_take_is_refused(shop):
    shop.write(".gitignore", "*.log\n")
    done = run(shop, "--", "touch", "started")
    assert done.code == 2 and b"Git would not ignore it" in done.err, done
    shop.write(".gitignore", ".env\n")
    shop.git("add", "-f", ".env")
    done = run(shop, "--", "touch", "started")
    assert done.code == 2 and b"Git tracks it" in done.err, done
    assert not (shop.path / "started").exists()


def test_rules_of_this_machine_count_as_git_counts_them(shop):
    shop.write(".gitignore", "*.log\n")
    (shop.path / ".git/info/exclude").write_text(".env\n")
    assert shop.git("check-ignore", ".env")
    assert run(shop, "--", "true").code == 0
    shop.write(".gitignore", "!.env\n")
    assert run(shop, "--", "true").code == 2


def test_an_env_file_that_others_can_read_is_refused(shop):
    (shop.path / ".env").chmod(0o640)
    done = run(shop, "--", "true")
    assert done.code == 2 and b"others can read it" in done.err and b"chmod 600" in done.err, done


def test_outside_of_dev_no_env_file_is_read(shop):
    shop.write("config/config_prod.yaml", "app: {environment: prod}\n")
    done = shop.text("run", "--env", "prod", "--", "true")
    assert done.code == 2 and b"DB_PASSWORD is not set" in done.err, done
    done = shop.text("run", "--env", "prod", "--", "sh", "-c", "echo $DB_PASSWORD", env={"DB_PASSWORD": "exported"})
    assert done.out == b"exported\n"


def test_a_broken_reference_is_told_with_its_line_and_not_repeated(shop):
    shop.write("config/config_dev.yaml", f"db:\n  password: env://{planted('pasted')}\n")
    done = run(shop, "--", "true")
    assert done.code == 2 and b"config/config_dev.yaml:2:13: db.password: env:// must name" in done.err, done
    assert b"pl4nted" not in done.err


def test_output_is_masked(shop):
    program = "import os,sys,base64; s=os.environ['DB_PASSWORD']; " \
              "print('x', s, 'y', flush=True); print(s[:5], end='', flush=True); print(s[5:]); " \
              "print(base64.b64encode(s.encode()).decode(), file=sys.stderr)"
    done = run(shop, "--mask", "--", sys.executable, "-c", program)
    assert done.code == 0 and done.out == b"x [masked] y\n[masked]\n", done
    assert b"[masked]" in done.err and planted("dev").encode() not in done.err


def test_mounted_file_is_private_and_goes(shop):
    program = "import json,os,stat; p=os.environ['SLUICE_CONFIG_FILE']; s=os.stat(p); " \
              "print(json.dumps([p, oct(s.st_mode), json.load(open(p)), 'DB_PASSWORD' in os.environ]))"
    done = run(shop, "--mount", "--", sys.executable, "-c", program)
    path, mode, config, in_environment = json.loads(done.out)
    assert mode == "0o100600" and config["db"]["password"] == planted("dev") and not in_environment
    assert config["db"]["port"] == 5432 and config["tags"] == ["a", "no"]
    assert not pathlib.Path(path).parent.exists()


def test_mounted_file_goes_even_when_sluice_is_killed(shop):
    process = start(shop, "--mount", "--", "sh", "-c", "echo $SLUICE_CONFIG_FILE; exec sleep 30")
    path = pathlib.Path(process.stdout.readline().decode().strip())
    assert path.exists()
    child = int(pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0])
    process.kill()
    for _ in range(100):
        if not path.parent.exists():
            break
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    assert not path.parent.exists()


def test_nothing_in_arguments_or_core_dumps(shop):
    process = start(shop, "--mask", "--", "sh", "-c", "echo ready; ulimit -c; exec sleep 30")
    assert process.stdout.readline() == b"ready\n"
    assert process.stdout.readline().strip() in (b"0", b"1"), "no block of 512 bytes may be dumped"
    [child] = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    for pid in (process.pid, child):
        assert b"pl4nted" not in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes()
        assert "Max core file size        1 " in pathlib.Path(f"/proc/{pid}/limits").read_text()
    os.kill(int(child), signal.SIGSEGV)
    assert process.wait(20) == -signal.SIGSEGV
    assert not list(shop.path.rglob("core*"))


def test_watch_restarts_when_a_secret_changes(shop):
    process = start(shop, "--watch", "--refresh", "1", "--", "sh", "-c", "echo $DB_PASSWORD; exec sleep 30")
    assert process.stdout.readline().decode().strip() == planted("dev")
    shop.write(".env", f"DB_PASSWORD={planted('rotated')}\n")
    assert process.stdout.readline().decode().strip() == planted("rotated")
    process.terminate()
    assert process.wait(20) == -signal.SIGTERM


def test_watch_signals_and_rewrites_the_mounted_file(shop):
    script = "trap 'cat $SLUICE_CONFIG_FILE; exit 0' HUP; echo ready; while :; do sleep 0.05; done"
    process = start(shop, "--watch", "--refresh", "1", "--mount", "--on-change", "HUP", "--", "sh", "-c", script)
    assert process.stdout.readline() == b"ready\n"
    shop.write(".env", f"DB_PASSWORD={planted('rotated')}\n")
    out, _ = process.communicate(timeout=30)
    assert json.loads(out)["db"]["password"] == planted("rotated") and process.returncode == 0


def test_watch_keeps_what_it_has_when_a_refresh_fails(shop):
    process = start(shop, "--watch", "--refresh", "1", "--", "sh", "-c", "echo ready; sleep 3; echo done")
    assert process.stdout.readline() == b"ready\n"
    shop.write(".env", "DB_PASSWORD=changeme\n")
    out, err = process.communicate(timeout=30)
    assert out == b"done\n" and process.returncode == 0 and b"secrets not refreshed: db.password" in err


def test_the_policy_lets_variables_replace_keys(shop):
    shop.write(".sluice.yaml", "secrets: {variables: {SHOP_PORT: db.port, SHOP_DB: db.password}}\n")
    done = shop.text("config", "render", "--env", "dev", "--format", "json", env={"SHOP_PORT": "6000"})
    assert json.loads(done.out)["db"]["port"] == 6000
    done = shop.text("config", "render", "--env", "dev", env={"SHOP_PORT": "many"})
    assert done.code == 2 and b"db.port must be an int" in done.err
    done = shop.text("config", "render", "--env", "dev", env={"SHOP_DB": planted("wrong")})
    assert done.code == 2 and b"pl4nted" not in done.err


def test_render_shows_references_unless_asked(shop):
    done = shop.text("config", "render", "--env", "prod")
    assert yaml.safe_load(done.out)["db"] == {"host": "db.internal", "port": 5432, "ratio": 0.001,
                                              "password": "aws-sm://shop/prod#password"}
    done = shop.text("config", "render", "--env", "dev", "--secrets")
    assert yaml.safe_load(done.out)["db"]["password"] == planted("dev")
    done = shop.text("config", "render", "--env", "dev", "--secrets", "--format", "env")
    assert f"DB_PASSWORD={planted('dev')}\n" in done.out.decode()


def test_render_tells_origins(shop):
    done = shop.text("config", "render", "--env", "prod", "--origins").out.decode()
    assert "host: db.internal  # from config/config_prod.yaml:2" in done
    assert "port: 5432  # from config/config_base.yaml:4" in done


def test_render_refuses_a_place_that_git_would_take(shop):
    done = shop.text("config", "render", "--env", "dev", "--secrets", "-o", "all.yaml")
    assert done.code == 2 and b"Git would not ignore it" in done.err and not (shop.path / "all.yaml").exists()
    with open(shop.path / "out.yaml", "wb") as out:
        code = subprocess.run([SLUICE, "config", "render", "--env", "dev", "--secrets"], cwd=shop.path, env=GIT_ENV,
                              stdout=out, stderr=subprocess.DEVNULL).returncode
    assert code == 2 and (shop.path / "out.yaml").read_bytes() == b""
    done = shop.text("config", "render", "--env", "dev", "--secrets", "-o", ".env.all", "--format", "env")
    assert done.code == 0 and (shop.path / ".env.all").stat().st_mode & 0o777 == 0o600, done
    assert shop.text("config", "render", "--env", "dev", "--secrets", "--anywhere", "-o", "all.yaml").code == 0


def test_render_refuses_a_terminal(shop):
    leader, follower = os.openpty()
    process = subprocess.run([SLUICE, "config", "render", "--env", "dev", "--secrets"], cwd=shop.path, env=GIT_ENV,
                             stdout=follower, stderr=subprocess.PIPE)
    assert process.returncode == 2 and b"not shown on a terminal" in process.stderr
    os.close(leader), os.close(follower)


def test_without_a_repository(tmp_path):
    (tmp_path / "config_base.yaml").write_text("token: env://TOKEN\n")
    (tmp_path / "config_dev.yaml").write_text("{}\n")
    (tmp_path / ".env").write_text("TOKEN=12345\n")
    (tmp_path / ".env").chmod(0o600)
    done = sluice("run", "--env", "dev", "--", "sh", "-c", "echo $TOKEN", cwd=tmp_path)
    assert done.out == b"12345\n", done


def test_several_folders_are_not_guessed(shop):
    shop.write("other/config_base.yaml", "a: 1\n")
    shop.write("other/config_test.yaml", "a: 2\n")
    shop.git("add", "other")
    assert run(shop, "--", "true").code == 0, "only one of them has a dev"
    shop.write("other/config_dev.yaml", "a: 2\n")
    shop.git("add", "other")
    done = run(shop, "--", "true")
    assert done.code == 2 and b"config/config_base.yaml, other/config_base.yaml" in done.err, done
    assert run(shop, "--path", "config", "--", "true").code == 0
