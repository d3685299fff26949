"""Stand-ins for Google Secret Manager and Azure Key Vault on loopback, with those who issue their tokens.

They believe nothing: a JWT's signature and claims are checked, and only tokens that were issued here are taken.
`faults` is a list of what the next requests get instead of an answer; `calls` tells what was asked.
"""
import base64
import functools
import hashlib
import http.server
import json
import re
import subprocess
import threading
import time
import urllib.parse

from fake_aws import drawn
from fake_service import ServiceHandler

TENANT = "11111111-2222-3333-4444-555555555555"
CLIENT = "99999999-8888-7777-6666-555555555555"


class FakeCloud:
    def __init__(self, secrets):
        self.secrets = secrets           # name: [value of version 1, of version 2, ...]; None: disabled
        self.faults = []
        self.calls = []
        self.clock_offset = 0
        self.tokens = set()              # those that are taken
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.host = f"127.0.0.1:{self.server.server_port}"
        self.url = f"http://{self.host}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def issue(self, **more):
        token = drawn("access")
        self.tokens.add(token)
        return {"access_token": token, "token_type": "Bearer", "expires_in": 3599, **more}

    def is_bearer(self, headers):
        return headers.get("authorization", "").removeprefix("Bearer ") in self.tokens

    def _handler(fake):
        class Handler(ServiceHandler):
            def fault(self, name):
                planted = json.dumps(fake.secrets)
                if name == "throttle":
                    return self.reply(429, {"error": {"code": 429, "status": "RESOURCE_EXHAUSTED"}}, [("Retry-After", "0")])
                if name == "500":
                    return self.reply(500, planted.encode())
                if name == "401":
                    return self.reply(401, {"error": {"code": 401, "status": "UNAUTHENTICATED"}})
                if name == "redirect":
                    return self.reply(302, planted.encode(), [("Location", "http://127.0.0.1:9/")])
                if name == "not json":
                    return self.reply(200, b"<html>" + planted.encode())
                if name == "huge":
                    return self.reply(200, b"x" * (5 << 20))
                if name == "hostile":
                    return self.reply(400, {"error": {"code": "\x1b[2J" + planted, "status": "\x1b[2J" + planted}})
                if name == "half":
                    self.reply_half(b'{"value": "')
                self.close_connection = True

            def do(self):
                body, headers = self.received()
                url = urllib.parse.urlsplit(self.path)
                fake.calls.append(f"{self.command} {url.path}")
                if fake.faults:
                    return self.fault(fake.faults.pop(0))
                found = fake.answer(self.command, url.path, dict(urllib.parse.parse_qsl(url.query)), headers, body)
                status, reply, *extra = found or (404, {"error": {"code": 404, "status": "NOT_FOUND"}})
                self.reply(status, reply, *extra)

            do_GET = do_POST = do
        Handler.fake = fake
        return Handler


def crc32c(data):
    total = 0xFFFFFFFF
    for byte in data:
        total ^= byte
        for _ in range(8):
            total = total >> 1 ^ (0x82F63B78 if total & 1 else 0)
    return total ^ 0xFFFFFFFF


def unpadded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@functools.lru_cache
def rsa_key(name):
    """(PEM, modulus) of a key of that name, drawn once."""
    pem = subprocess.run(["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
                         check=True, capture_output=True).stdout
    modulus = subprocess.run(["openssl", "rsa", "-noout", "-modulus"], input=pem, check=True, capture_output=True).stdout
    return pem.decode(), int(modulus.decode().strip().removeprefix("Modulus="), 16)


class FakeGoogle(FakeCloud):
    def __init__(self, secrets):
        super().__init__(secrets)
        self.email = "app@shop.iam.gserviceaccount.com"
        self.key, self.modulus = rsa_key("own")
        self.subject = drawn("subject")  # the token of the other issuer
        self.refresh = drawn("refresh")
        self.refused = []                # why assertions were refused
        self.rotation = {"rotationPeriod": "2592000s", "nextRotationTime": "2099-01-01T00:00:00Z"}
        self.members = [f"serviceAccount:{self.email}"]
        self.permissions = ["secretmanager.versions.access"]
        self.corrupts = False

    def key_file(self, **changes):
        return json.dumps({"type": "service_account", "client_email": self.email, "private_key": self.key,
                           "private_key_id": "k1", "token_uri": self.url + "/token", **changes})

    def verify(self, assertion):
        """RFC 7515 and RFC 8017, section 8.2.2, and the claims that Google asks for: why it is refused, or None."""
        head, claims, signature = assertion.split(".")
        size = (self.modulus.bit_length() + 7) // 8
        opened = pow(int.from_bytes(unpadded(signature), "big"), 65537, self.modulus).to_bytes(size, "big")
        digest = bytes.fromhex("3031300d060960864801650304020105000420") + hashlib.sha256(f"{head}.{claims}".encode()).digest()
        if opened != b"\0\1" + b"\xff" * (size - len(digest) - 3) + b"\0" + digest:
            return "signature"
        head, claims = json.loads(unpadded(head)), json.loads(unpadded(claims))
        now = time.time() + self.clock_offset
        if head != {"alg": "RS256", "typ": "JWT", "kid": "k1"} or claims["iss"] != self.email or claims["aud"] != self.url + "/token":
            return "claims"
        if claims["scope"] != "https://www.googleapis.com/auth/cloud-platform" or claims["exp"] - claims["iat"] > 3600:
            return "claims"
        return None if abs(claims["iat"] - now) < 60 else "time"

    def answer(self, method, path, query, headers, body):
        if path in ("/token", "/sts") and method == "POST":
            return self.grant(dict(urllib.parse.parse_qsl(body.decode())))
        if path == "/impersonate" and self.is_bearer(headers):
            token = self.issue()["access_token"]
            return 200, {"accessToken": token, "expireTime": "2099-01-01T00:00:00Z"}
        if path.startswith("/computeMetadata/v1/instance/service-accounts/default/token"):
            if headers.get("metadata-flavor") != "Google":
                return 403, {}
            return 200, self.issue(), [("Metadata-Flavor", "Google")]
        if path.startswith("/v1/projects/shop/secrets/"):
            if not self.is_bearer(headers):
                return 401, {"error": {"code": 401, "status": "UNAUTHENTICATED"}}
            return self.secret(method, path.removeprefix("/v1/projects/shop/secrets/"), body)
        return None

    def grant(self, form):
        denied = 400, {"error": "invalid_grant", "error_description": f"refused: {json.dumps(form)}"}
        if form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer":
            why = self.verify(form["assertion"])
            self.refused += [why] * bool(why)
            return denied if why else (200, self.issue())
        if form["grant_type"] == "refresh_token":
            return (200, self.issue()) if form["refresh_token"] == self.refresh else denied
        is_right = form["subject_token"] == self.subject and form["audience"] == "//iam/pool" \
            and form["grant_type"] == "urn:ietf:params:oauth:grant-type:token-exchange"
        return (200, self.issue()) if is_right else denied

    def secret(self, method, rest, body):
        name, _, action = re.match(r"([\w-]+)(/versions/\w+)?(:\w+)?$", rest).groups()
        version = re.search(r"/versions/(\w+)", rest)
        values = self.secrets.get(name)
        if values is None:
            return None
        if action == ":getIamPolicy":
            return 200, {"bindings": [{"role": "roles/secretmanager.secretAccessor", "members": self.members}]}
        if action == ":testIamPermissions" and method == "POST":
            return 200, {"permissions": [p for p in json.loads(body)["permissions"] if p in self.permissions]}
        if not version:
            return 200, {"name": f"projects/1/secrets/{name}", **({"rotation": self.rotation} if self.rotation else {})}
        number = len(values) if version.group(1) == "latest" else int(version.group(1))
        if not 1 <= number <= len(values):
            return None
        value = values[number - 1]
        full = f"projects/1/secrets/{name}/versions/{number}"
        if action != ":access":
            return 200, {"name": full, "state": "DISABLED" if value is None else "ENABLED", "createTime": "2026-03-01T10:00:00Z"}
        if value is None:
            return 400, {"error": {"code": 400, "status": "FAILED_PRECONDITION", "message": "disabled"}}
        data = value.encode() if isinstance(value, str) else value
        return 200, {"name": full, "payload": {"data": base64.b64encode(data).decode(),
                                               "dataCrc32c": str(crc32c(data) ^ self.corrupts)}}


class FakeAzure(FakeCloud):
    def __init__(self, secrets):
        super().__init__(secrets)
        self.client_secret = drawn("client")
        self.federated = drawn("federated")
        self.identity_header = drawn("identity")
        self.expires = int(time.time()) + 90 * 86400
        self.deleted = set()

    def answer(self, method, path, query, headers, body):
        if path == f"/{TENANT}/oauth2/v2.0/token" and method == "POST":
            form = dict(urllib.parse.parse_qsl(body.decode()))
            is_right = form["client_id"] == CLIENT and form["scope"] == "https://vault.azure.net/.default" \
                and form["grant_type"] == "client_credentials" and (
                    form.get("client_secret") == self.client_secret or
                    (form.get("client_assertion") == self.federated and form["client_assertion_type"]
                     == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"))
            return (200, self.issue()) if is_right else (401, {"error": "invalid_client", "error_description": json.dumps(form)})
        if path == "/metadata/identity/oauth2/token" and headers.get("metadata") == "true" \
                and query["resource"] == "https://vault.azure.net":
            return 200, self.issue(expires_in="86399")
        if path == "/msi" and headers.get("x-identity-header") == self.identity_header:
            return 200, self.issue()
        if not self.is_bearer(headers):
            return 401, {"error": {"code": "Unauthorized"}}
        assert query["api-version"] == "7.4"
        if path.startswith("/deletedsecrets/"):
            return (200, {"recoveryId": "x"}) if path.rpartition("/")[2] in self.deleted else None
        return self.secret(path, query)

    def secret(self, path, query):
        _, kind, name, version = (path.split("/") + [""])[:4]
        values = self.secrets.get(name)
        if kind != "secrets" or values is None:
            return None

        def item(number):
            attributes = {"enabled": values[number - 1] is not None, "created": 1_700_000_000 + number}
            if self.expires:
                attributes["exp"] = self.expires
            return {"id": f"https://shop.vault.azure.net/secrets/{name}/{number:032x}", "attributes": attributes}

        if version == "versions":
            number = int(query.get("page", 1))  # one a page, so that pages are followed
            more = {"nextLink": f"{self.url}/secrets/{name}/versions?api-version=7.4&page={number + 1}"} if number < len(values) else {}
            return 200, {"value": [item(number)], **more}
        number = int(version, 16) if version else len(values)
        if not 1 <= number <= len(values):
            return None
        if values[number - 1] is None:
            return 403, {"error": {"code": "Forbidden", "innererror": {"code": "SecretDisabled"}}}
        return 200, {**item(number), "value": values[number - 1]}
