"""References to AWS Secrets Manager and Vault, against a stand-in that verifies every signature, and against moto."""
import json
import os
import pathlib
import secrets
import shutil
import socket
import subprocess
import sys
import time

import pytest

from fake_aws import REGION, FakeAws
from sluice_repo import GIT_ENV, SLUICE, sluice


def drawn(word):
    return f"pl4nted-{word}-{secrets.token_hex(8)}"


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
    return tmp_path


def render(shop, env, *args):
    return sluice("config", "render", "--env", "prod", "--format", "json", "--secrets", *args, cwd=shop,
                  env={**env, "HOME": str(shop)})


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
    fake.batch_denied = True
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

def test_no_secret_in_memory_arguments_or_files_while_the_command_runs(shop, fake):
    """With --watch sluice stays. What it needed for the call itself (keys, reply) must be gone from its memory."""
    before = set(pathlib.Path("/dev/shm").iterdir())
    process = subprocess.Popen(
        [SLUICE, "run", "--env", "prod", "--watch", "--", "sh", "-c", "echo ready; exec sleep 60"], cwd=shop,
        env={**GIT_ENV, **fake.environment(), "HOME": str(shop)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout.readline() == b"ready\n"
    user = json.dumps({"user": {"name": "app"}})[:-1].encode()
    try:
        memory, places = open(f"/proc/{process.pid}/mem", "rb", 0), []
        for line in open(f"/proc/{process.pid}/maps"):
            span, mode, *rest = line.split()
            start, end = (int(x, 16) for x in span.split("-"))
            if not mode.startswith("rw") or end - start > 1 << 28:
                continue
            try:
                memory.seek(start)
                data = memory.read(end - start)
            except (OSError, ValueError):
                continue
            if user in data.replace(b"\\", b""):
                places.append((line, "the whole reply"))
        assert places == []
    finally:
        process.terminate()
        out, err = process.communicate(timeout=30)
    assert b"pl4nted" not in out + err
    assert set(pathlib.Path("/dev/shm").iterdir()) <= before


# -- Somebody else's word -------------------------------------------------------------------------

def test_botocore_is_believed_by_the_stand_in(fake):
    boto3 = pytest.importorskip("boto3")
    secret, token = KEYS[ROLE]
    client = boto3.client("secretsmanager", region_name=REGION, endpoint_url=fake.url, aws_access_key_id=ROLE,
                          aws_secret_access_key=secret, aws_session_token=token)
    assert json.loads(client.get_secret_value(SecretId="shop/prod/db")["SecretString"])["password"] == PASSWORD
    assert not fake.unsigned


@pytest.fixture(scope="module")
def moto():
    """moto's server, which Debian has not: `make moto` brings it from PyPI."""
    program = os.environ.get("MOTO_SERVER") or shutil.which("moto_server")
    if program is None:
        pytest.skip("moto_server is not installed; `make moto` installs it and runs this test")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([program, "-H", "127.0.0.1", "-p", str(port)], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    server.kill()


def test_moto_gives_the_same_secrets(shop, fake, moto):
    boto3 = pytest.importorskip("boto3")
    client = boto3.client("secretsmanager", region_name=REGION, endpoint_url=moto, aws_access_key_id="x",
                          aws_secret_access_key="y")
    for name in ("shop/prod/db", "shop/prod/hook"):
        client.create_secret(Name=name, SecretString=fake.secrets[name])
    done = render(shop, {**fake.environment(), "AWS_ENDPOINT_URL": moto})
    assert json.loads(done.out)["db"] == {"password": PASSWORD, "user": "app"}, done
