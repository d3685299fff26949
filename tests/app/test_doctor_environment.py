"""`sluice doctor --env`: what one environment's secrets look like, told without reading any of them."""
import json
import time

import pytest

from fake_aws import ACCOUNT, REGION, FakeAws, drawn
from sluice_repo import Repo

ROLE = "ASIA" + "ROLEKEYS00000001"
KEYS = {ROLE: (drawn("role-key"), drawn("token") * 3)}
BASE = "db: {host: localhost, password: env://DB_PASSWORD, user: env://DB_USER}\n"
STAGING = "db:\n  password: aws-sm://shop/staging/db#password\n  user: aws-sm://shop/staging/db#user\n"
PROD = "db: {password: 'aws-sm://shop/prod/db#password', user: null}\n"
OPEN = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "secretsmanager:GetSecretValue", "Resource": "*"}]}


@pytest.fixture
def fake():
    server = FakeAws({"shop/staging/db": json.dumps({"password": drawn("db"), "user": "app"}),
                      "shop/prod/db": json.dumps({"password": drawn("prod")})}, KEYS)
    own = server._arn("shop/staging/db")
    server.allows = lambda action, arn: action == "secretsmanager:GetSecretValue" and arn == own
    yield server
    server.close()


@pytest.fixture
def shop(tmp_path):
    repo = Repo(tmp_path / "shop")
    for name, text in (("base", BASE), ("dev", "{}\n"), ("staging", STAGING), ("prod", PROD)):
        repo.write(f"config/config_{name}.yaml", text)
    repo.git("add", "-A")
    repo.commit()
    return repo


def doctor(shop, env, *args, name="staging"):
    done = shop.text("doctor", "--env", name, *args, env={**env, "HOME": str(shop.path)})
    assert b"pl4nted" not in done.out + done.err, done
    return done


def checks(shop, env, name="staging"):
    """(exit code, {id: [(health, what)]})"""
    done = doctor(shop, env, "--format", "json", name=name)
    report = json.loads(done.out)
    assert report["schema"] == "sluice-doctor/1" and report["environment"] == name
    assert report["healthy"] == (done.code == 0)
    found = {}
    for check in report["checks"]:
        assert check["healthy"] == (check["health"] in ("healthy", "advice"))
        found.setdefault(check["id"], []).append((check["health"], check["what"]))
    return done.code, found


def test_all_is_well_and_nothing_is_read(shop, fake):
    code, found = checks(shop, fake.environment())
    assert code == 0, found
    assert found["identity"] == [("healthy", f"aws-sm://: arn:aws:sts::{ACCOUNT}:assumed-role/app/me, by variables")]
    [password, user] = found["reference"]
    assert password[1] == ("config/config_staging.yaml:2:13: db.password (aws-sm://shop/staging/db#password): rotates every "
                           "30 days, last changed 2026-03-01, whose members cannot be told without reading it")
    assert user[1].startswith("config/config_staging.yaml:3:9: db.user")
    assert found["access"][0][1].startswith("aws-sm://: the caller may read these secrets")
    assert not {"GetSecretValue", "BatchGetSecretValue"} & set(fake.calls) and not fake.unsigned
    assert fake.calls.count("DescribeSecret") == 2, "the secret once, and prod's for its ARN"


def test_text_for_people(shop, fake):
    done = doctor(shop, fake.environment())
    assert done.code == 0 and "✓ aws-sm://: arn:aws:sts::" in done.out.decode()
    assert done.out.decode().endswith("staging: 2 references; its secrets are in place.\n")


@pytest.mark.parametrize("described, said", [
    ({"DeletedDate": 1772323200.5}, "marked for deletion since 2026-03-01"),
    ({"VersionIdsToStages": {"a" * 32: ["AWSPREVIOUS"]}}, "no value yet (no version is AWSCURRENT)"),
])
def test_what_cannot_be_read_is_wrong(shop, fake, described, said):
    fake.descriptions["shop/staging/db"] = described
    code, found = checks(shop, fake.environment())
    assert code == 1 and found["reference"][0][0] == "sick" and said in found["reference"][0][1], found


def test_what_is_missing_is_wrong(shop, fake):
    del fake.secrets["shop/staging/db"]
    code, found = checks(shop, fake.environment())
    assert code == 1 and [health for health, _ in found["reference"]] == ["sick", "sick"]
    assert "config/config_staging.yaml:2:13: db.password" in found["reference"][0][1]
    assert "no such secret" in found["reference"][0][1]


def test_no_rotation_is_advice(shop, fake):
    fake.descriptions["shop/staging/db"] = {"RotationEnabled": None, "RotationRules": None}
    code, found = checks(shop, fake.environment())
    assert code == 0 and found["no-rotation"] == [("advice", "aws-sm://shop/staging/db: nothing rotates it")], found


@pytest.mark.parametrize("stages, changed, id", [
    ({"b" * 32: ["AWSPENDING"]}, 1772323200.0, "rotation-stuck"),
    ({"b" * 32: ["AWSPENDING"]}, time.time(), None),
    ({"b" * 32: ["AWSPREVIOUS"]}, 1772323200.0, None),
])
def test_a_rotation_that_does_not_end(shop, fake, stages, changed, id):
    fake.descriptions["shop/staging/db"] = {"VersionIdsToStages": {"a" * 32: ["AWSCURRENT"], **stages}, "LastChangedDate": changed}
    code, found = checks(shop, fake.environment())
    assert (code == 1 and found[id]) if id else code == 0, found


def test_a_pending_stage_left_on_the_current_version_is_an_ended_rotation(shop, fake):
    fake.descriptions["shop/staging/db"] = {"VersionIdsToStages": {"a" * 32: ["AWSCURRENT", "AWSPENDING"]}}
    assert checks(shop, fake.environment())[0] == 0


@pytest.mark.parametrize("policy, code", [
    (OPEN, 1),
    ({"Statement": {**OPEN["Statement"][0], "Principal": {"AWS": ["*"]}}}, 1),
    ({"Statement": [{**OPEN["Statement"][0], "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}}]}, 0),
    ({"Statement": [{**OPEN["Statement"][0], "Effect": "Deny"}]}, 0),
    ({"Statement": [{**OPEN["Statement"][0], "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:role/app"}}]}, 0),
])
def test_a_policy_that_lets_everybody_in(shop, fake, policy, code):
    fake.policies["shop/staging/db"] = policy
    got, found = checks(shop, fake.environment())
    assert got == code and ("open-policy" in found) == bool(code), found


def test_a_role_that_may_too_much(shop, fake):
    fake.allows = lambda action, arn: True
    code, found = checks(shop, fake.environment())
    assert code == 1 and "every secret of the account" in found["reads-any-secret"][0][1]
    assert found["may-change"][0] == ("advice", "aws-sm://: the caller may also change shop/staging/db")
    assert "may read shop/prod/db, which only other environments use" in found["reads-foreign-secret"][0][1]


def test_a_role_that_cannot_read_its_secrets(shop, fake):
    fake.allows = lambda action, arn: False
    code, found = checks(shop, fake.environment())
    assert code == 1 and "may not read shop/staging/db" in found["not-readable"][0][1]


def test_what_may_not_be_asked_is_said(shop, fake):
    fake.denied = {"SimulatePrincipalPolicy", "GetResourcePolicy"}
    code, found = checks(shop, fake.environment())
    assert code == 0 and "may not ask IAM" in found["access"][0][1], found
    assert "its own policy cannot be seen" in found["reference"][0][1]
    fake.denied = {"DescribeSecret"}
    code, found = checks(shop, fake.environment())
    assert code == 2 and found["reference"][0][0] == "undecided", found


def test_nobody_is_undecided(shop):
    env = {"AWS_REGION": REGION, "AWS_EC2_METADATA_DISABLED": "true"}
    code, found = checks(shop, env)
    assert code == 2 and found["identity"][0][0] == "undecided" and "no AWS credentials" in found["identity"][0][1]
    assert [what.endswith("not looked at") for _, what in found["reference"]] == [True, True]


def test_variables_and_an_env_file(shop):
    code, found = checks(shop, {"DB_PASSWORD": drawn("exported")}, name="dev")
    assert code == 1 and "DB_USER is not set" in found["reference"][1][1]
    shop.write(".env", f"DB_USER={drawn('user')}\n")
    (shop.path / ".env").chmod(0o600)
    code, found = checks(shop, {"DB_PASSWORD": drawn("exported")}, name="dev")
    assert code == 0 and found["reference"][0][1].endswith("exported") and found["reference"][1][1].endswith("in .env")


def test_vault_tells_the_members_without_their_values(shop, fake):
    shop.write("config/config_staging.yaml", "db: {password: 'vault://secret/data/shop/staging/db#password',\n"
                                             "     user: 'vault://secret/data/shop/staging/db#usr'}\n")
    env = {"VAULT_ADDR": fake.url, "VAULT_TOKEN": "vault-token"}
    code, found = checks(shop, env)
    assert code == 1 and found["reference"][0] == ("healthy", "config/config_staging.yaml:1:16: db.password "
                                                   "(vault://secret/data/shop/staging/db#password): version 1")
    assert found["reference"][1][0] == "sick" and "no member 'usr'" in found["reference"][1][1]
    assert found["identity"][0][1] == "vault://: token-app at http://127.0.0.1"


def test_policies_in_the_tree_are_part_of_it(shop, fake):
    shop.write("infra/iam.tf", 'data "aws_iam_policy_document" "app" {\n  statement {\n'
                               '    actions = ["secretsmanager:*"]\n    resources = ["*"]\n  }\n}\n')
    shop.write("config/config_prod.yaml", "db: {password: 'aws-sm://shop/staging/db#password', user: null}\n")
    shop.git("add", "-A")
    code, found = checks(shop, fake.environment())
    assert code == 1 and found["SEC019"][0][1].startswith("infra/iam.tf:3"), found
    assert "SEC021" not in found, "prod's file is not staging's business"
    code, found = checks(shop, fake.environment(), name="prod")
    assert "SEC021" in found, found


def test_against_moto(shop, fake, moto):
    boto3 = pytest.importorskip("boto3")
    client = boto3.client("secretsmanager", region_name=REGION, endpoint_url=moto, aws_access_key_id="x", aws_secret_access_key="y")
    env = {**fake.environment(), "AWS_ENDPOINT_URL": moto}
    code, found = checks(shop, env)
    assert code == 1 and "no such secret" in found["reference"][0][1], found
    client.create_secret(Name="shop/staging/db", SecretString=json.dumps({"password": drawn("moto")}))
    code, found = checks(shop, env)
    assert code == 0 and found["identity"][0][1].startswith("aws-sm://: arn:aws:"), found
    assert found["no-rotation"] and "does not rotate, last changed" in found["reference"][0][1]
    client.delete_secret(SecretId="shop/staging/db", RecoveryWindowInDays=7)
    code, found = checks(shop, env)
    assert code == 1 and "marked for deletion" in found["reference"][0][1], found
