"""References to Google Secret Manager and Azure Key Vault, against stand-ins that check tokens and signatures."""
import json

import pytest

from fake_aws import drawn
from fake_clouds import CLIENT, TENANT, FakeAzure, FakeGoogle, rsa_key
from sluice_repo import sluice

PASSWORD = drawn("password")
SECRETS = {"db": [json.dumps({"password": drawn("old")}), json.dumps({"password": PASSWORD, "port": 5432})],
           "hook": [drawn("hook-1"), drawn("hook-2")], "off": [None]}
WAYS = {"google": "gcp-sm://shop/", "azure": "azure-kv://shop/"}


@pytest.fixture
def google():
    server = FakeGoogle({name: list(values) for name, values in SECRETS.items()})
    yield server
    server.close()


@pytest.fixture
def azure():
    server = FakeAzure({name: list(values) for name, values in SECRETS.items()})
    yield server
    server.close()


@pytest.fixture(params=["google", "azure"])
def cloud(request, shop):
    """(the stand-in, the beginning of its references, variables to reach it with): by workload identity, since a metadata
    server has a second to answer, which is little on a busy machine."""
    fake = request.getfixturevalue(request.param)
    return fake, WAYS[request.param], google_workload(shop, fake) if request.param == "google" else azure_workload(shop, fake)


def google_place(fake):
    return {"CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER": fake.url, "GCE_METADATA_HOST": "127.0.0.1:9"}


def google_machine(fake):
    return {**google_place(fake), "GCE_METADATA_HOST": fake.host}


def google_workload(shop, fake, **changes):
    (shop / "subject").write_text(fake.subject + "\n")
    return with_file(shop, fake, json.dumps({
        "type": "external_account", "audience": "//iam/pool", "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
        "token_url": fake.url + "/sts", "credential_source": {"file": str(shop / "subject")}, **changes}))


def with_file(shop, fake, text):
    (shop / "credentials.json").write_text(text)
    return {**google_place(fake), "GOOGLE_APPLICATION_CREDENTIALS": str(shop / "credentials.json")}


def azure_workload(shop, fake):
    (shop / "token").write_text(fake.federated)
    return {**azure_place(fake), "AZURE_FEDERATED_TOKEN_FILE": str(shop / "token")}


def azure_place(fake):
    return {"AZURE_KEYVAULT_URL": fake.url, "AZURE_POD_IDENTITY_AUTHORITY_HOST": "http://127.0.0.1:9",
            "AZURE_AUTHORITY_HOST": fake.url, "AZURE_TENANT_ID": TENANT, "AZURE_CLIENT_ID": CLIENT}


def azure_machine(fake):
    return {"AZURE_KEYVAULT_URL": fake.url, "AZURE_POD_IDENTITY_AUTHORITY_HOST": fake.url}


@pytest.fixture
def shop(tmp_path):
    write(tmp_path, password="gcp-sm://shop/db#password")
    return tmp_path


def write(shop, **references):
    (shop / "config_base.yaml").write_text("".join(f"{key}: null\n" for key in references))
    (shop / "config_prod.yaml").write_text("".join(f"{key}: {reference}\n" for key, reference in references.items()))


def render(shop, env):
    done = sluice("config", "render", "--env", "prod", "--format", "json", "--secrets", cwd=shop, env={**env, "HOME": str(shop)})
    assert b"pl4nted" not in done.err, done
    return done


def doctor(shop, env):
    done = sluice("doctor", "--env", "prod", "--format", "json", cwd=shop, env={**env, "HOME": str(shop)})
    assert b"pl4nted" not in done.out + done.err, done
    return done.code, {check["id"]: check for check in json.loads(done.out)["checks"]}


# -- Both -----------------------------------------------------------------------------------------

def test_secrets_their_members_and_versions(shop, cloud):
    fake, start, env = cloud
    version = "1" if start.startswith("gcp") else f"{1:032x}"
    write(shop, a=start + "db#password", b=start + "db#port", c=start + "hook", d=f"{start}hook?version={version}")
    assert json.loads(render(shop, env).out) == {"a": PASSWORD, "b": "5432", "c": SECRETS["hook"][1], "d": SECRETS["hook"][0]}
    assert len(fake.calls) == 4, "the token, and each version of each secret once"


def test_what_is_missing_names_key_file_and_line(shop, cloud):
    _, start, env = cloud
    write(shop, a=start + "none", b=start + "db#passwd", c=start + "off")
    done = render(shop, env)
    assert done.code == 2 and done.out == b""
    for said in (f"config_prod.yaml:1:4: a ({start}none): there is no such secret", "the secret has no member 'passwd'",
                 f"config_prod.yaml:3:4: c ({start}off): "):
        assert said in done.err.decode(), done
    assert b"disabled" in done.err


@pytest.mark.parametrize("faults", [["throttle", "500"], ["half"]])
def test_what_passes_is_tried_again(shop, cloud, faults):
    fake, start, env = cloud
    write(shop, a=start + "hook")
    if start.startswith("azure"):
        fake.tokens.add(token := drawn("access"))
        fake.issue = lambda **more: {"access_token": token, "expires_in": 3599}
    answer, fake.answer = fake.answer, lambda method, path, *rest: (
        fake.faults.extend(faults) or faults.clear() or answer(method, path, *rest) if "oken" in path else answer(method, path, *rest))
    assert render(shop, env).code == 0, fake.calls


def test_a_token_that_is_no_longer_taken_is_renewed_once(shop, cloud):
    fake, start, env = cloud
    write(shop, a=start + "hook")
    issue, stale = fake.issue, [True]
    fake.issue = lambda **more: {**issue(**more), **({"access_token": drawn("stale")} if stale and stale.pop() else {})}
    assert render(shop, env).code == 0 and len(fake.calls) == 4, fake.calls
    fake.is_bearer = lambda headers: False
    done = render(shop, env)
    assert done.code == 2 and b"the service answers 401" in done.err, done


@pytest.mark.parametrize("fault, said", [("redirect", "redirect"), ("huge", "larger than"), ("hostile", "an unknown fault"),
                                         ("not json", "")])
def test_what_stays_is_told_without_secrets(shop, cloud, fault, said):
    fake, start, env = cloud
    write(shop, a=start + "hook")
    answer = fake.answer
    fake.answer = lambda method, path, *rest: fake.faults.extend([fault] * 9) or answer(method, path, *rest)
    done = render(shop, env)
    assert done.code == 2 and said in done.err.decode() and b"\x1b" not in done.err and b"{" not in done.err, done


def test_the_doctor_reads_no_value(shop, cloud):
    fake, start, env = cloud
    write(shop, a=start + "db#password", b=start + "hook")
    code, found = doctor(shop, env)
    assert code == 0 and found["reference"]["health"] == "healthy", found
    assert not [call for call in fake.calls if ":access" in call or call.endswith(("/secrets/hook/", "/secrets/db/"))]
    write(shop, a=start + "none", b=start + "hook")
    assert doctor(shop, env)[0] == 1
    write(shop, a=start + "off", b=start + "hook")
    assert doctor(shop, env)[0] == 1


def test_a_reference_has_two_parts(shop):
    for reference, said in (("gcp-sm://db", "write gcp-sm://project/name"), ("azure-kv://a/b/c", "write azure-kv://vault/name")):
        write(shop, a=reference)
        done = render(shop, {})
        assert done.code == 2 and said in done.err.decode() and b"config_prod.yaml:1:4" in done.err, done


# -- Google ---------------------------------------------------------------------------------------

def allow_long_lived(shop):
    (shop / ".sluice.yaml").write_text("secrets: {static_keys: [prod]}\n")


def test_a_service_accounts_key_signs(shop, google):
    env = with_file(shop, google, google.key_file())
    done = render(shop, env)
    assert done.code == 2 and f"long-lived keys (the key of {google.email})" in done.err.decode() and not google.calls
    allow_long_lived(shop)
    assert json.loads(render(shop, env).out)["password"] == PASSWORD
    assert google.calls[0] == "POST /token" and not google.refused


def test_a_key_of_somebody_else_is_refused(shop, google):
    allow_long_lived(shop)
    done = render(shop, with_file(shop, google, google.key_file(private_key=rsa_key("another")[0])))
    assert done.code == 2 and google.refused == ["signature"] and b"answers 400 invalid_grant" in done.err, done
    done = render(shop, with_file(shop, google, google.key_file(private_key="no key")))
    assert done.code == 2 and b"no RSA key in PEM" in done.err


@pytest.mark.parametrize("offset", [-4000, 4000])
def test_a_wrong_clock_is_set_right_once(shop, google, offset):
    allow_long_lived(shop)
    google.clock_offset = offset
    assert render(shop, with_file(shop, google, google.key_file())).code == 0
    assert google.refused == ["time"]


def test_a_users_refresh_token(shop, google):
    allow_long_lived(shop)
    user = {"type": "authorized_user", "client_id": "i", "client_secret": "s", "token_uri": google.url + "/token"}
    assert render(shop, with_file(shop, google, json.dumps({**user, "refresh_token": google.refresh}))).code == 0
    assert render(shop, with_file(shop, google, json.dumps({**user, "refresh_token": drawn("wrong")}))).code == 2


def test_workload_identity_federation(shop, google):
    impersonation = google.url + "/impersonate"
    assert render(shop, google_workload(shop, google, service_account_impersonation_url=impersonation)).code == 0
    assert google.calls[:2] == ["POST /sts", "POST /impersonate"]
    env = google_workload(shop, google, credential_source={
        "file": str(shop / "subject"), "format": {"type": "json", "subject_token_field_name": "tok"}})
    (shop / "subject").write_text(json.dumps({"tok": google.subject}))
    assert render(shop, env).code == 0
    (shop / "subject").write_text(json.dumps({"tok": drawn("wrong")}))
    assert render(shop, env).code == 2


def test_a_file_that_is_none(shop, google):
    for text in ("no json", "{}", '{"type": "x"}'):
        done = render(shop, with_file(shop, google, text))
        assert done.code == 2 and b"is no file of Google credentials" in done.err, done


def test_tokens_of_variables_and_none_at_all(shop, google):
    google.tokens.add(token := drawn("given"))
    assert render(shop, {**google_place(google), "GOOGLE_OAUTH_ACCESS_TOKEN": token}).code == 0
    done = render(shop, google_place(google))
    assert done.code == 2 and b"no Google credentials" in done.err


def test_the_metadata_server(shop, google):
    assert render(shop, google_machine(google)).code == 0
    assert google.calls[0].startswith("GET /computeMetadata/")


def test_bytes_that_changed_on_their_way(shop, google):
    google.corrupts = True
    done = render(shop, google_workload(shop, google))
    assert done.code == 2 and b"CRC-32C" in done.err


def test_the_doctor_on_google(shop, google):
    google.members, google.rotation, google.permissions = ["allUsers"], None, []
    code, found = doctor(shop, google_workload(shop, google))
    assert code == 1 and found["open-policy"]["health"] == found["not-readable"]["health"] == "sick"
    assert found["no-rotation"]["health"] == "advice" and "workload identity" in found["identity"]["what"]


# -- Azure ----------------------------------------------------------------------------------------

@pytest.fixture
def vault(shop):
    write(shop, password="azure-kv://shop/db#password")
    return shop


def test_a_clients_secret(vault, azure):
    env = {**azure_place(azure), "AZURE_CLIENT_SECRET": azure.client_secret}
    done = render(vault, env)
    assert done.code == 2 and f"long-lived keys (the secret of client {CLIENT})" in done.err.decode() and not azure.calls
    allow_long_lived(vault)
    assert json.loads(render(vault, env).out)["password"] == PASSWORD
    done = render(vault, {**env, "AZURE_CLIENT_SECRET": drawn("wrong")})
    assert done.code == 2 and b"answers 401 invalid_client" in done.err, done


def test_workload_identity(vault, azure):
    env = azure_workload(vault, azure)
    assert render(vault, env).code == 0 and azure.calls[0] == f"POST /{TENANT}/oauth2/v2.0/token"
    assert render(vault, {**env, "AZURE_TENANT_ID": "a/b"}).code == 2


def test_managed_identities(vault, azure):
    env = {**azure_place(azure), "IDENTITY_ENDPOINT": azure.url + "/msi", "IDENTITY_HEADER": azure.identity_header}
    assert render(vault, env).code == 0 and azure.calls[0] == "GET /msi"
    assert render(vault, azure_machine(azure)).code == 0
    done = render(vault, azure_place(azure))
    assert done.code == 2 and b"no Azure credentials" in done.err


def test_a_vaults_name_leads_nowhere_else(vault, azure):
    write(vault, password="azure-kv://evil.example%2f/db")
    done = render(vault, azure_workload(vault, azure))
    assert done.code == 2 and b"letters, digits" in done.err and not azure.calls


@pytest.mark.parametrize("expires, code, id", [(0, 0, "no-rotation"), (1_700_000_000, 1, "expired")])
def test_the_doctor_on_azure(vault, azure, expires, code, id):
    azure.expires = expires
    got, found = doctor(vault, azure_workload(vault, azure))
    assert got == code and id in found and "workload identity" in found["identity"]["what"], found


def test_the_doctor_tells_deleted_from_missing(vault, azure):
    del azure.secrets["db"]
    azure.deleted.add("db")
    code, found = doctor(vault, azure_workload(vault, azure))
    assert code == 1 and "can still be recovered" in found["reference"]["what"]
