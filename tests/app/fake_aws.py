"""A stand-in for AWS on loopback that believes nothing: every signature is computed anew from what arrived.

Secrets Manager, STS and IAM (signed), a container's credentials, IMDSv2, the Secrets Manager agent, and Vault.
`faults` is a list of what the next requests get instead of an answer.
"""
import base64
import datetime
import hashlib
import hmac
import http.server
import json
import re
import secrets as randomness
import ssl
import threading
import time
import urllib.parse

from fake_service import ServiceHandler

REGION = "eu-central-1"
ACCOUNT = "123456789012"


def drawn(word):
    """A value that stands nowhere but where a test puts it, and is found by its beginning."""
    return f"pl4nted-{word}-{randomness.token_hex(8)}"


def _hmac(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


class FakeAws:
    def __init__(self, secrets, keys, certificate=None):
        self.secrets = secrets           # name: str or bytes
        self.keys = keys                 # access key id: (secret key, session token or None)
        self.faults = []
        self.calls = []
        self.unsigned = []               # why requests were refused
        self.clock_offset = 0
        self.denied = set()              # operations
        self.versions = {}               # name: [[version id, value, stages]]; wins over `secrets`
        self.descriptions = {}           # name: members that DescribeSecret adds, or (None) leaves out
        self.policies = {}               # name: the secret's own policy
        self.allows = lambda action, arn: action == "secretsmanager:GetSecretValue"  # for the simulation of IAM
        self.before = lambda operation, request: None
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        if certificate:                  # (file of the certificate, file of its key)
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
            self.server.handle_error = lambda *_: None  # who does not trust it hangs up
            self.url = self.url.replace("http:", "https:")
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def environment(self, key_id=None):
        key_id = key_id or next(iter(self.keys))
        place = {"AWS_REGION": REGION, "AWS_ENDPOINT_URL": self.url, "AWS_EC2_METADATA_DISABLED": "true"}
        names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
        return {**place, **{name: value for name, value in zip(names, (key_id, *self.keys[key_id])) if value}}

    # -- Signature Version 4, from the receiver's side --------------------------------------------

    def verify(self, method, path, headers, body, service):
        """The fault's code, or None when the signature is right."""
        match = re.fullmatch(r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/([^/]+)/aws4_request, "
                             r"SignedHeaders=([^,]+), Signature=([0-9a-f]{64})", headers.get("authorization", ""))
        if not match:
            return "MissingAuthenticationTokenException"
        key_id, day, region, signed_service, names, signature = match.groups()
        if key_id not in self.keys:
            return "UnrecognizedClientException"
        secret, token = self.keys[key_id]
        if headers.get("x-amz-security-token") != token:
            return "UnrecognizedClientException"
        names = names.split(";")
        must = {"host", "x-amz-date"} | {n for n in headers if n.startswith("x-amz-")}
        if names != sorted(names) or not must <= set(names) or any(n not in headers for n in names):
            return "IncompleteSignatureException"
        date = headers["x-amz-date"]
        sent = datetime.datetime.strptime(date, "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc).timestamp()
        if abs(sent - time.time() - self.clock_offset) > 300 or not date.startswith(day):
            return "InvalidSignatureException"
        canonical = "\n".join([method, path, "", *(f"{n}:{' '.join(headers[n].split())}" for n in names), "",
                               ";".join(names), hashlib.sha256(body).hexdigest()])
        scope = f"{day}/{region}/{service}/aws4_request"
        key = b"AWS4" + secret.encode()
        for part in (day, region, service, "aws4_request"):
            key = _hmac(key, part)
        text = "\n".join(["AWS4-HMAC-SHA256", date, scope, hashlib.sha256(canonical.encode()).hexdigest()])
        right = hmac.compare_digest(hmac.new(key, text.encode(), hashlib.sha256).hexdigest(), signature)
        place = "us-east-1" if service == "iam" else REGION
        return None if right and signed_service == service and region == place else "InvalidSignatureException"

    # -- Secrets Manager --------------------------------------------------------------------------

    def _arn(self, name):
        return f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{name}-AbCdEf"

    def _versions(self, name):
        """(version id, value, stages) of each."""
        if name in self.versions:
            return self.versions[name]
        pending = self.secrets.get(name + "@AWSPENDING")
        return [["0" * 32, self.secrets[name], ["AWSCURRENT"]]] + ([["1" * 32, pending, ["AWSPENDING"]]] if pending else [])

    def _is_there(self, name):
        return name in self.secrets or name in self.versions

    def _value(self, name, stage="AWSCURRENT", version=None):
        for identity, value, stages in self._versions(name) if self._is_there(name) else []:
            if version == identity or (version is None and stage in stages):
                found = {"ARN": self._arn(name), "Name": name, "VersionId": identity, "VersionStages": stages}
                if isinstance(value, bytes):
                    return {**found, "SecretBinary": base64.b64encode(value).decode()}
                return {**found, "SecretString": value}
        return None

    def _description(self, name):
        described = {"ARN": self._arn(name), "Name": name, "RotationEnabled": True, "RotationRules": {"AutomaticallyAfterDays": 30},
                     "LastChangedDate": 1772323200.0,
                     "VersionIdsToStages": {identity: stages for identity, _, stages in self._versions(name)},
                     **self.descriptions.get(name, {})}
        return {key: value for key, value in described.items() if value is not None}

    def operation(self, target, request):
        missing = (400, {"__type": "ResourceNotFoundException", "Message": "Secrets Manager can't find it"})
        self.before(target, request)
        if target in self.denied:
            return 400, {"__type": "AccessDeniedException", "Message": "no"}
        if target == "GetSecretValue":
            value = self._value(request["SecretId"], request.get("VersionStage", "AWSCURRENT"), request.get("VersionId"))
            return (200, value) if value else missing
        if target == "BatchGetSecretValue":
            names = request["SecretIdList"]
            assert len(names) <= 20
            values = {name: self._value(name) for name in names}
            return 200, {"SecretValues": [value for value in values.values() if value],
                         "Errors": [{"SecretId": n, "ErrorCode": "ResourceNotFoundException", "Message": "no"}
                                    for n, value in values.items() if not value]}
        if not self._is_there(request["SecretId"]):
            return missing
        if target == "DescribeSecret":
            return 200, self._description(request["SecretId"])
        if target == "GetResourcePolicy":
            policy = self.policies.get(request["SecretId"])
            return 200, {"Name": request["SecretId"], **({"ResourcePolicy": json.dumps(policy)} if policy else {})}
        return 400, {"__type": "UnknownOperationException"}

    def iam(self, form):
        if form["Action"] != "SimulatePrincipalPolicy" or form["Action"] in self.denied:
            return 403, "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>"
        assert form["PolicySourceArn"] == f"arn:aws:iam::{ACCOUNT}:role/app"
        may = self.allows(form["ActionNames.member.1"], form["ResourceArns.member.1"])
        return 200, ("<R><EvaluationResults><member><EvalDecision>" + ("allowed" if may else "implicitDeny") +
                     "</EvalDecision></member></EvaluationResults></R>")

    def sts(self, form):
        role_keys = next((i for i, (_, token) in self.keys.items() if token), None)
        if form["Action"] == "GetCallerIdentity":
            return 200, f"<R><Arn>arn:aws:sts::{ACCOUNT}:assumed-role/app/me</Arn></R>"
        secret, token = self.keys[role_keys]
        end = (datetime.datetime.utcnow() + datetime.timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        return 200, (f"<R><Credentials><AccessKeyId>{role_keys}</AccessKeyId><SecretAccessKey>{secret}"
                     f"</SecretAccessKey><SessionToken>{token}</SessionToken><Expiration>{end}</Expiration>"
                     f"</Credentials></R>")

    def shape(self, value):
        return {key: self.shape(inner) for key, inner in value.items()} if isinstance(value, dict) else None

    def role_credentials(self):
        key_id, (secret, token) = next((i, k) for i, k in self.keys.items() if k[1])
        return {"Code": "Success", "AccessKeyId": key_id, "SecretAccessKey": secret, "Token": token,
                "Expiration": "2099-01-01T00:00:00Z"}

    def _handler(fake):
        class Handler(ServiceHandler):
            kind = "application/x-amz-json-1.1"

            def fault(self, name):
                if name == "throttle":
                    return self.reply(400, {"__type": "ThrottlingException", "Message": "slow down"})
                if name == "500":
                    return self.reply(500, {"__type": "InternalServiceError"})
                if name == "expired":
                    return self.reply(400, {"__type": "ExpiredTokenException", "Message": "old"})
                if name == "redirect":
                    return self.reply(302, "", extra=[("Location", "http://127.0.0.1:9/")])
                if name == "not json":
                    return self.reply(200, "<html>hello</html>")
                if name == "huge":
                    return self.reply(200, b"x" * (5 << 20))
                if name == "half":
                    self.reply_half(b'{"SecretString": "')
                if name == "hostile":
                    return self.reply(400, {"__type": "\x1b[2J" + "x" * 10000, "Message": json.dumps(fake.secrets, default=str)})
                if name == "slow":
                    time.sleep(15)
                self.close_connection = True

            def do(self):
                body, headers = self.received()
                path = urllib.parse.urlsplit(self.path)
                query = dict(urllib.parse.parse_qsl(path.query))
                target = headers.get("x-amz-target", "").removeprefix("secretsmanager.")
                form = dict(urllib.parse.parse_qsl(body.decode())) if path.path == "/" and not target else {}
                fake.calls.append(target or form.get("Action") or path.path)
                if fake.faults:
                    return self.fault(fake.faults.pop(0))
                if path.path == "/":
                    return self.aws(target, form, headers, body)
                self.place(path.path, query, headers)

            def aws(self, target, form, headers, body):
                is_iam = form.get("Version") == "2010-05-08"
                if form.get("Action") != "AssumeRoleWithWebIdentity":
                    service = "secretsmanager" if target else "iam" if is_iam else "sts"
                    fault = fake.verify(self.command, "/", headers, body, service)
                    if fault:
                        fake.unsigned.append(fault)
                        return self.reply(400, {"__type": fault, "Message": "no"})
                if target:
                    return self.reply(*fake.operation(target, json.loads(body)))
                self.reply(*(fake.iam(form) if is_iam else fake.sts(form)), kind="text/xml")

            def place(self, path, query, headers):
                if path == "/container" and headers.get("authorization") == "pod-token":
                    return self.reply(200, fake.role_credentials())
                if path == "/latest/api/token" and self.command == "PUT":
                    return self.reply(200, "imds-token")
                if path.startswith("/latest/meta-data/iam/") and headers.get("x-aws-ec2-metadata-token") == "imds-token":
                    return self.reply(200, fake.role_credentials() if path.endswith("/app-role") else "app-role")
                if path == "/secretsmanager/get" and headers.get("x-aws-parameters-secrets-token") == "agent-token":
                    return self.reply(*fake.operation("GetSecretValue", {"SecretId": query["secretId"]}))
                if path == "/v1/auth/token/lookup-self" and headers.get("x-vault-token") == "vault-token":
                    return self.reply(200, {"data": {"display_name": "token-app"}})
                if path.startswith("/v1/secret/") and headers.get("x-vault-token") == "vault-token":
                    _, _, _, what, name = path.split("/", 4)
                    if name not in fake.secrets:
                        return self.reply(404, {"errors": []})
                    if what == "metadata":
                        return self.reply(200, {"data": {"current_version": 1, "versions": {
                            "1": {"deletion_time": "", "destroyed": False}}}})
                    if what == "subkeys":
                        return self.reply(200, {"data": {"subkeys": fake.shape(json.loads(fake.secrets[name]))}})
                    return self.reply(200, {"data": {"data": json.loads(fake.secrets[name]), "metadata": {"version": 1}}})
                self.reply(403, {"errors": ["permission denied"]})

            do_GET = do_POST = do_PUT = do
        Handler.fake = fake
        return Handler
