"""References to AWS Secrets Manager and Vault, against a stand-in that verifies every signature, and against moto."""
import json
import os
import pathlib
import select
import shutil
import subprocess
import sys
import time

import pytest

from fake_aws import REGION, FakeAws, drawn
from fake_clouds import rsa_key
from sluice_repo import GIT_ENV, SLUICE, sluice


KEYS = {"ASIA" + "ROLEKEYS00000001": (drawn("role-key"), drawn("token") * 3 + "/+="),
        "AKIA" + "LONGLIVED0000001": (drawn("static-key"), None)}
ROLE, STATIC = KEYS
PASSWORD = drawn("password")


@pytest.fixture
def fake():
    server = FakeAws({"shop/prod/db": json.dumps({"user": {"name": "app"}, "password": PASSWORD, "port": 5432}),
                      "shop/prod/hook": drawn("hook"), "shop/prod/cert": b"\x30\x82pl4nted\xff",
                      "shop/prod/hook@AWSPENDING": drawn("pending")}, KEYS)
    yield server
    server.close()


@pytest.fixture
def shop(tmp_path):
    (tmp_path / "config_base.yaml").write_text("db: {password: null, user: null}\nhook: null\n")
    (tmp_path / "config_prod.yaml").write_text(
        "db:\n  password: aws-sm://shop/prod/db#password\n  user: aws-sm://shop/prod/db#user.name\n"
        "hook: aws-sm://shop/prod/hook\n")
    (tmp_path / "temporary").mkdir()
    in_memory = set(pathlib.Path("/dev/shm").iterdir())
    yield tmp_path
    left = [path for path in tmp_path.rglob("*") if path.is_file() and b"pl4nted" in path.read_bytes()]
    assert {str(path.relative_to(tmp_path)) for path in left} <= {".aws/credentials", "keys.json"}, "what tests wrote themselves"
    assert set(pathlib.Path("/dev/shm").iterdir()) <= in_memory


def places(shop):
    return {"HOME": str(shop), "TMPDIR": str(shop / "temporary")}


def render(shop, env, *args):
    done = sluice("config", "render", "--env", "prod", "--format", "json", "--secrets", *args, cwd=shop,
                  env={**env, **places(shop)})
    assert b"pl4nted" not in done.err, done
    return done


def assert_nothing_planted(done):
    assert b"pl4nted" not in done.out + done.err, done


def test_secrets_are_read_in_one_signed_call(shop, fake):
    done = render(shop, fake.environment())
    assert json.loads(done.out) == {"db": {"password": PASSWORD, "user": "app"}, "hook": fake.secrets["shop/prod/hook"]}
    assert fake.calls == ["BatchGetSecretValue"] and not fake.unsigned


def test_a_thousand_references_in_fifty_calls(shop, fake):
    fake.secrets.update({f"many/{i}": f"value {i}" for i in range(1000)})
    (shop / "config_prod.yaml").write_text("many:\n" + "".join(f"  k{i}: aws-sm://many/{i}\n" for i in range(1000)))
    (shop / "config_base.yaml").write_text("many: {}\n")
    done = render(shop, fake.environment())
    assert json.loads(done.out)["many"]["k999"] == "value 999" and len(fake.calls) == 50, done


def test_a_version_of_its_own(shop, fake):
    (shop / "config_prod.yaml").write_text("hook: aws-sm://shop/prod/hook?version=AWSPENDING\n")
    assert json.loads(render(shop, fake.environment()).out)["hook"] == fake.secrets["shop/prod/hook@AWSPENDING"]


def test_a_role_that_may_not_read_batches(shop, fake):
    fake.denied = {"BatchGetSecretValue"}
    assert json.loads(render(shop, fake.environment()).out)["db"]["password"] == PASSWORD
    assert fake.calls == ["BatchGetSecretValue", "GetSecretValue", "GetSecretValue"]


def test_what_is_missing_names_key_file_and_line(shop, fake):
    (shop / "config_prod.yaml").write_text(
        "db:\n  password: aws-sm://shop/prod/db#passwd\n  user: aws-sm://shop/none\nhook: aws-sm://shop/prod/hook#x\n")
    done = render(shop, fake.environment())
    assert done.code == 2 and done.out == b""
    for line in (b"config_prod.yaml:2:13: db.password (aws-sm://shop/prod/db#passwd): the secret has no member 'passwd'",
                 b"config_prod.yaml:3:9: db.user (aws-sm://shop/none): there is no such secret",
                 b"config_prod.yaml:4:7: hook (aws-sm://shop/prod/hook#x): no JSON"):
        assert line in done.err, done
    assert_nothing_planted(done)


def test_long_lived_keys_are_refused_outside_of_dev_unless_allowed(shop, fake):
    done = render(shop, fake.environment(STATIC))
    assert done.code == 2 and b"long-lived keys" in done.err and not fake.calls, done
    assert_nothing_planted(done)
    (shop / ".sluice.yaml").write_text("secrets: {static_keys: [production]}\n")
    assert render(shop, fake.environment(STATIC)).code == 0


@pytest.mark.parametrize("faults, calls", [(["throttle", "500"], 3), (["half"], 2), (["expired"], 2)])
def test_what_passes_is_tried_again(shop, fake, faults, calls):
    fake.faults = list(faults)
    done = render(shop, fake.environment())
    assert done.code == 0 and len(fake.calls) == calls, (done, fake.calls)


@pytest.mark.parametrize("fault, said", [("throttle", "ThrottlingException"), ("redirect", "redirect"),
                                         ("huge", "larger than"), ("hostile", "unknown fault")])
def test_what_stays_is_told_without_secrets(shop, fake, fault, said):
    fake.faults = [fault] * 12
    (shop / "config_prod.yaml").write_text("hook: aws-sm://shop/prod/hook\n")
    done = render(shop, fake.environment())
    assert done.code == 2 and said.encode() in done.err and b"\x1b" not in done.err, done
    assert_nothing_planted(done)


def test_a_reply_that_is_no_json(shop, fake):
    (shop / "config_prod.yaml").write_text("hook: aws-sm://shop/prod/hook\n")
    fake.faults = ["not json"]
    done = render(shop, fake.environment())
    assert done.code == 2 and b"no JSON" in done.err, done


@pytest.mark.parametrize("offset", [-4000, 4000])
def test_a_wrong_clock_is_set_right_once(shop, fake, offset):
    fake.clock_offset = offset
    done = render(shop, fake.environment())
    assert done.code == 0, done
    assert fake.unsigned == ["InvalidSignatureException"] and len(fake.calls) == 2


def test_a_wrong_key_is_not_tried_for_ever(shop, fake):
    env = {**fake.environment(), "AWS_SECRET_ACCESS_KEY": drawn("wrong")}
    done = render(shop, env)
    assert done.code == 2 and set(fake.unsigned) == {"InvalidSignatureException"} and len(fake.calls) <= 5, done
    assert_nothing_planted(done)


@pytest.mark.parametrize("url, said", [("https://no-such-host.invalid", "DNS"), ("http://127.0.0.1:9", "no connection"),
                                       ("http://example.org", "only https")])
def test_network_faults(shop, fake, url, said):
    (shop / "config_prod.yaml").write_text("hook: aws-sm://shop/prod/hook\n")
    done = render(shop, {**fake.environment(), "AWS_ENDPOINT_URL": url})
    assert done.code == 2 and said.encode() in done.err, done
    assert_nothing_planted(done)


def test_a_server_that_takes_too_long(shop, fake):
    """A metadata service has a second; what takes longer for Secrets Manager is in tests/secrets/http_test.cc."""
    fake.faults = ["slow"]
    env = {**without_keys(fake), "AWS_EC2_METADATA_DISABLED": "false", "AWS_EC2_METADATA_SERVICE_ENDPOINT": fake.url}
    start = time.monotonic()
    done = render(shop, env)
    assert done.code == 2 and b"no AWS credentials" in done.err and time.monotonic() - start < 10, done


def test_bytes_that_are_no_text(shop, fake):
    (shop / "config_prod.yaml").write_text("hook: aws-sm://shop/prod/cert\n")
    done = sluice("run", "--env", "prod", "--", sys.executable, "-c", "import os; print(os.environb[b'HOOK'].hex())", cwd=shop,
                  env={**fake.environment(), **places(shop)})
    assert bytes.fromhex(done.out.decode()) == fake.secrets["shop/prod/cert"], done
    assert json.loads(render(shop, fake.environment()).out)["hook"] == "0\ufffdpl4nted\ufffd"
    fake.secrets["shop/prod/cert"] = b"pl4nted\0"
    done = sluice("run", "--env", "prod", "--", "true", cwd=shop, env={**fake.environment(), **places(shop)})
    assert done.code == 2 and b"pl4nted" not in done.err, "a variable cannot hold a NUL"


def test_a_certificate_that_nobody_vouches_for(shop, fake):
    names = [str(shop / name) for name in ("server.pem", "certificate.pem")]
    pathlib.Path(names[0]).write_text(rsa_key("server")[0])
    subprocess.run(["openssl", "req", "-new", "-x509", "-days", "1", "-subj", "/CN=x", "-addext", "subjectAltName=IP:127.0.0.1",
                    "-key", names[0], "-out", names[1]], check=True, capture_output=True)
    (shop / "config_prod.yaml").write_text("hook: aws-sm://shop/prod/hook\n")
    server = FakeAws(fake.secrets, KEYS, certificate=(names[1], names[0]))
    done = render(shop, server.environment())
    assert done.code == 2 and b"certificate is not to be trusted" in done.err, done
    trusting = {**server.environment(), "AWS_CA_BUNDLE": names[1]}
    assert json.loads(render(shop, trusting).out)["hook"] == fake.secrets["shop/prod/hook"]
    done = render(shop, {**trusting, "AWS_ENDPOINT_URL": server.url.replace("127.0.0.1", "localhost")})
    assert done.code == 2 and b"certificate is not to be trusted" in done.err, "it is for another name"
    server.close()


def test_plain_http_on_a_tls_port_is_an_error(shop, fake):
    (shop / "config_prod.yaml").write_text("hook: aws-sm://shop/prod/hook\n")
    done = render(shop, {**fake.environment(), "AWS_ENDPOINT_URL": fake.url.replace("http:", "https:")})
    assert done.code == 2 and b"TLS fails" in done.err, done


# -- Where credentials come from ------------------------------------------------------------------

def without_keys(fake):
    return {"AWS_REGION": REGION, "AWS_ENDPOINT_URL": fake.url, "AWS_EC2_METADATA_DISABLED": "true"}


def write_profiles(shop, fake, config):
    (shop / ".aws").mkdir()
    (shop / ".aws/config").write_text(config)
    secret, token = KEYS[ROLE]
    (shop / ".aws/credentials").write_text(
        f"[base]\naws_access_key_id = {ROLE}\naws_secret_access_key = {secret}\naws_session_token = {token}\n"
        f"[long]\naws_access_key_id = {STATIC}\naws_secret_access_key = {KEYS[STATIC][0]}\n")


def test_keys_of_a_profile_with_its_region_and_endpoint(shop, fake):
    write_profiles(shop, fake, f"[profile base]\nregion = {REGION}\nservices = here\n[services here]\n"
                               f"secrets_manager =\n  endpoint_url = {fake.url}\n")
    env = {"AWS_PROFILE": "base", "AWS_EC2_METADATA_DISABLED": "true"}
    assert render(shop, env).code == 0 and fake.calls


def test_an_assumed_role(shop, fake):
    write_profiles(shop, fake, "[profile app]\nrole_arn = arn:aws:iam::123456789012:role/app\nsource_profile = long\n")
    assert render(shop, {**without_keys(fake), "AWS_PROFILE": "app"}).code == 0
    assert fake.calls == ["AssumeRole", "BatchGetSecretValue"] and not fake.unsigned


def test_roles_in_a_circle(shop, fake):
    write_profiles(shop, fake, "[profile a]\nrole_arn = r\nsource_profile = b\n[profile b]\nrole_arn = r\nsource_profile = a\n")
    done = render(shop, {**without_keys(fake), "AWS_PROFILE": "a"})
    assert done.code == 2 and b"never end in keys" in done.err


def test_single_sign_on_says_what_to_do(shop, fake):
    write_profiles(shop, fake, "[profile s]\nsso_session = x\n")
    done = render(shop, {**without_keys(fake), "AWS_PROFILE": "s"})
    assert done.code == 2 and b"export-credentials --profile s" in done.err


def test_a_command_of_the_profile(shop, fake):
    secret, token = KEYS[ROLE]
    (shop / "keys.json").write_text(json.dumps({"Version": 1, "AccessKeyId": ROLE, "SecretAccessKey": secret,
                                                "SessionToken": token}))
    write_profiles(shop, fake, f"[profile p]\ncredential_process = cat {shop}/keys.json\n")
    assert render(shop, {**without_keys(fake), "AWS_PROFILE": "p"}).code == 0


def test_web_identity(shop, fake):
    (shop / "token").write_text("jwt")
    env = {**without_keys(fake), "AWS_WEB_IDENTITY_TOKEN_FILE": str(shop / "token"), "AWS_ROLE_ARN": "arn:aws:iam::1:role/x"}
    assert render(shop, env).code == 0
    assert fake.calls == ["AssumeRoleWithWebIdentity", "BatchGetSecretValue"]


def test_a_container(shop, fake):
    (shop / "token").write_text("pod-token\n")
    env = {**without_keys(fake), "AWS_CONTAINER_CREDENTIALS_FULL_URI": fake.url + "/container",
           "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": str(shop / "token")}
    assert render(shop, env).code == 0 and fake.calls[0] == "/container"
    done = render(shop, {**env, "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://198.51.100.1/container"})
    assert done.code == 2 and b"only https" in done.err


def test_a_machine_by_imds_version_2(shop, fake):
    env = {**without_keys(fake), "AWS_EC2_METADATA_DISABLED": "false", "AWS_EC2_METADATA_SERVICE_ENDPOINT": fake.url}
    assert render(shop, env).code == 0
    assert fake.calls[0] == "/latest/api/token"


def test_no_credentials_at_all(shop, fake):
    done = render(shop, without_keys(fake))
    assert done.code == 2 and b"no AWS credentials" in done.err and b"config_prod.yaml:2:13" in done.err


def test_no_region(shop, fake):
    done = render(shop, {"AWS_EC2_METADATA_DISABLED": "true"})
    assert done.code == 2 and b"set AWS_REGION" in done.err


# -- Other keepers --------------------------------------------------------------------------------

def test_the_agent(shop, fake):
    (shop / ".sluice.yaml").write_text("secrets: {aws: agent}\n")
    env = {"AWS_TOKEN": "agent-token", "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT": fake.url.rpartition(":")[2]}
    assert json.loads(render(shop, env).out)["db"]["password"] == PASSWORD
    assert render(shop, {**env, "AWS_TOKEN": "wrong"}).code == 2


def test_vault(shop, fake):
    (shop / "config_prod.yaml").write_text("db: {password: 'vault://secret/data/shop/prod/db#password'}\n")
    env = {"VAULT_ADDR": fake.url, "VAULT_TOKEN": "vault-token"}
    assert json.loads(render(shop, env).out)["db"]["password"] == PASSWORD
    assert b"Vault denies it" in render(shop, {**env, "VAULT_TOKEN": "x"}).err
    (shop / "config_prod.yaml").write_text("db: {password: 'vault://secret/data/none#password'}\n")
    assert b"no such secret in Vault" in render(shop, env).err


# -- Nothing is left ------------------------------------------------------------------------------

def mappings(pid, dumped=False):
    """(start, end) of what a process can write to, with `dumped` without what MADV_DONTDUMP leaves out of core dumps (proc(5),
    VmFlags dd); without what a sanitizer keeps for itself, which is terabytes."""
    found = []
    for line in open(f"/proc/{pid}/smaps"):
        words = line.split()
        if not words[0].endswith(":"):
            start, end = (int(x, 16) for x in words[0].split("-"))
            found.append((start, end, words[1]))
        elif words[0] == "VmFlags:" and dumped and "dd" in words:
            found.pop()
    return [(start, end) for start, end, mode in found if mode.startswith("rw") and end - start <= 1 << 28]


def memory_of(pid, dumped=False):
    """What is in these mappings, piece by piece."""
    memory = open(f"/proc/{pid}/mem", "rb", 0)
    for start, end in mappings(pid, dumped):
        try:
            memory.seek(start)
            yield memory.read(end - start)
        except (OSError, ValueError):
            continue


def is_sanitized(pid):
    spans = [line.split()[0].split("-") for line in open(f"/proc/{pid}/maps")]
    return any(int(end, 16) - int(start, 16) > 1 << 40 for start, end in spans)


def held(pieces, texts):
    """Those of the texts that are there, as they are or escaped."""
    found = set()
    for piece in pieces:
        plain = piece.replace(b"\\", b"")
        found |= {text for text in texts if text.encode() in piece or text.encode() in plain}
    return found


def core_dump(pid, folder):
    """What gdb's gcore writes, which honours MADV_DONTDUMP as the kernel does; of a sanitized program, whose core would have
    twenty gigabytes, the same mappings."""
    if is_sanitized(pid) or shutil.which("gcore") is None:
        yield from memory_of(pid, dumped=True)
        return
    done = subprocess.run(["gcore", "-o", str(folder / "core"), str(pid)], capture_output=True)
    core = folder / f"core.{pid}"
    assert core.exists(), done
    data = core.read_bytes()
    core.unlink()
    assert data.startswith(b"\x7fELF")
    yield data


@pytest.fixture
def kept(shop, fake):
    """`sluice run --watch` that has read a secret, and then another one in its place; its keys came over the network."""
    (shop / "config_prod.yaml").write_text("db: {password: 'aws-sm://shop/prod/db#password'}\nhook: aws-sm://shop/prod/hook\n")
    fake.versions["shop/prod/hook"] = [[*OLD, ["AWSCURRENT"]]]
    env = {**without_keys(fake), "AWS_CONTAINER_CREDENTIALS_FULL_URI": fake.url + "/container",
           "AWS_CONTAINER_AUTHORIZATION_TOKEN": "pod-token", **places(shop)}
    process = subprocess.Popen(
        [SLUICE, "run", "--env", "prod", "--watch", "--refresh", "1", "--", "sh", "-c", "echo ${#HOOK}; exec sleep 60"], cwd=shop,
        env={**GIT_ENV, **env}, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout.readline().strip().isdigit()
    fake.versions["shop/prod/hook"] = [[*NEW, ["AWSCURRENT"]]]
    assert process.stdout.readline().strip().isdigit(), "restarted with the new one"
    time.sleep(0.2)
    yield process
    process.terminate()
    out, err = process.communicate(timeout=30)
    assert b"pl4nted" not in out + err


def test_memory_that_held_a_secret_is_wiped(kept):
    """What is no longer needed (the rotated value, the reply) is nowhere; what is still needed is, so the search works."""
    reply = json.dumps({"user": {"name": "app"}})[:-1]
    assert held(memory_of(kept.pid), [NEW[1], PASSWORD, OLD[1], reply]) == {NEW[1], PASSWORD}
    assert b"pl4nted" not in pathlib.Path(f"/proc/{kept.pid}/cmdline").read_bytes()


def test_a_core_dump_after_use_holds_no_secret(kept, shop):
    secrets = [OLD[1], NEW[1], PASSWORD, *KEYS[ROLE]]
    assert held(core_dump(kept.pid, shop), ["config_prod.yaml", *secrets]) == {"config_prod.yaml"}
    assert "Max core file size        1 " in pathlib.Path(f"/proc/{kept.pid}/limits").read_text(), "the kernel writes none"


# -- Somebody else's word -------------------------------------------------------------------------

def test_botocore_is_believed_by_the_stand_in(fake):
    boto3 = pytest.importorskip("boto3")
    secret, token = KEYS[ROLE]
    client = boto3.client("secretsmanager", region_name=REGION, endpoint_url=fake.url, aws_access_key_id=ROLE,
                          aws_secret_access_key=secret, aws_session_token=token)
    assert json.loads(client.get_secret_value(SecretId="shop/prod/db")["SecretString"])["password"] == PASSWORD
    assert not fake.unsigned


def test_moto_gives_the_same_secrets(shop, fake, moto):
    boto3 = pytest.importorskip("boto3")
    client = boto3.client("secretsmanager", region_name=REGION, endpoint_url=moto, aws_access_key_id="x",
                          aws_secret_access_key="y")
    for name in ("shop/prod/db", "shop/prod/hook"):
        client.create_secret(Name=name, SecretString=fake.secrets[name])
    done = render(shop, {**fake.environment(), "AWS_ENDPOINT_URL": moto})
    assert json.loads(done.out)["db"] == {"password": PASSWORD, "user": "app"}, done


# -- Rotation -------------------------------------------------------------------------------------

OLD, NEW, NEWEST = ([letter * 32, drawn(letter)] for letter in "abc")


def line_within(process, seconds):
    """The next line of a command's output, or None if there is none in time."""
    return process.stdout.readline().decode().strip() if select.select([process.stdout], [], [], seconds)[0] else None


def wait_for_looks(fake, count):
    """Until so many more looks at the secret have ended."""
    seen = len(fake.calls)
    for _ in range(400):
        if len(fake.calls) > seen + count:
            return
        time.sleep(0.05)
    raise AssertionError("nobody asks any more")


@pytest.fixture
def watched(shop, fake):
    (shop / "config_base.yaml").write_text("hook: null\n")
    (shop / "config_prod.yaml").write_text("hook: aws-sm://shop/prod/hook\n")
    fake.versions["shop/prod/hook"] = [[*OLD, ["AWSCURRENT"]]]
    process = subprocess.Popen(
        [SLUICE, "run", "--env", "prod", "--watch", "--refresh", "1", "--", "sh", "-c", "echo $HOOK; exec sleep 60"], cwd=shop,
        env={**GIT_ENV, **fake.environment(), **places(shop)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    first = line_within(process, 20)
    assert first == OLD[1], process.communicate(timeout=20)
    yield process
    process.terminate()
    process.wait(20)


def test_a_pending_version_does_not_restart_and_a_promoted_one_does(watched, fake):
    fake.versions["shop/prod/hook"] = [[*OLD, ["AWSCURRENT"]], [*NEW, ["AWSPENDING"]]]
    wait_for_looks(fake, 1)
    assert line_within(watched, 0) is None
    fake.versions["shop/prod/hook"] = [[*OLD, ["AWSPREVIOUS"]], [*NEW, ["AWSCURRENT"]]]
    assert line_within(watched, 20) == NEW[1]
    watched.terminate()
    said = watched.communicate(timeout=20)[1].decode()
    assert f"aws-sm://shop/prod/hook: version {NEW[0]} took the place of {OLD[0]}" in said and "pl4nted" not in said


def test_a_late_reply_does_not_restart_and_a_rotation_that_is_taken_back_does(watched, fake):
    fake.versions["shop/prod/hook"] = [[*OLD, ["AWSPREVIOUS"]], [*NEW, ["AWSCURRENT"]]]
    assert line_within(watched, 20) == NEW[1]
    late = [[*OLD, ["AWSCURRENT"]]]

    def one_late_reply(operation, request):
        fake.versions["shop/prod/hook"] = late if fake.calls.count("GetSecretValue") == turn else settled
    settled, turn = fake.versions["shop/prod/hook"], fake.calls.count("GetSecretValue") + 1
    fake.before = one_late_reply
    wait_for_looks(fake, 2)
    assert line_within(watched, 0) is None, "one look alone gave the version that was left"
    fake.before = lambda operation, request: fake.versions.update({"shop/prod/hook": late})
    assert line_within(watched, 20) == OLD[1]


def test_two_stages_of_one_secret_are_a_pair_that_was_there(shop, fake):
    (shop / "config_prod.yaml").write_text("hook: aws-sm://shop/prod/hook\n"
                                           "db: {user: 'aws-sm://shop/prod/hook?version=AWSPREVIOUS'}\n")
    before = [[*OLD, ["AWSPREVIOUS"]], [*NEW, ["AWSCURRENT"]]]
    after = [[*NEW, ["AWSPREVIOUS"]], [*NEWEST, ["AWSCURRENT"]]]

    def promote_between_the_reads(operation, request):
        fake.versions["shop/prod/hook"] = before if len(fake.calls) < 2 else after
    fake.before = promote_between_the_reads
    found = json.loads(render(shop, fake.environment()).out)
    assert [found["hook"], found["db"]["user"]] == [NEWEST[1], NEW[1]]
