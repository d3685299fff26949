"""Keys that other programs made are proven; the same keys with a part missing are not."""
import random
import shutil
import string
import subprocess

import pytest

from sluice_repo import sluice, token


def run(*command):
    subprocess.run(command, check=True, capture_output=True)


def found(tmp_path, rule):
    report = sluice("dir", "key", "-f", "json", cwd=tmp_path)
    return [f for f in report.findings if f["rule"] == rule]


def make(tmp_path, *command):
    run(*command)
    return (tmp_path / "key").read_text()


OPENSSL = {
    "RSA key of 2048 bits": ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
    "EC key": ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
    "Ed25519 key": ["genpkey", "-algorithm", "ED25519"],
}


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl")
@pytest.mark.parametrize("detail", OPENSSL)
def test_openssl(tmp_path, detail):
    text = make(tmp_path, "openssl", *OPENSSL[detail], "-out", str(tmp_path / "key"))
    (finding,) = found(tmp_path, "private-key")
    assert (finding["confidence"], finding["details"]) == ("high", [detail])
    if detail == "Ed25519 key":
        return
    lines = text.splitlines()
    (tmp_path / "key").write_text("\n".join(lines[:3] + lines[-1:]) + "\n")
    assert all(f["confidence"] == "low" for f in found(tmp_path, "private-key"))


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl")
def test_openssl_in_the_older_forms(tmp_path):
    run("openssl", "genrsa", "-traditional", "-out", str(tmp_path / "key"), "2048")
    assert found(tmp_path, "private-key")[0]["details"] == ["RSA key of 2048 bits"]
    run("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", str(tmp_path / "key"))
    assert found(tmp_path, "private-key")[0]["details"] == ["EC key"]


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="needs ssh-keygen")
@pytest.mark.parametrize("kind, name", [("ed25519", "ssh-ed25519"), ("rsa", "ssh-rsa"), ("ecdsa", "ecdsa-sha2-nistp256")])
def test_ssh_keygen(tmp_path, kind, name):
    make(tmp_path, "ssh-keygen", "-q", "-t", kind, "-N", "", "-f", str(tmp_path / "key"))
    (finding,) = found(tmp_path, "private-key")
    assert (finding["confidence"], finding["details"]) == ("high", [f"{name} key"])


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="needs ssh-keygen")
def test_a_passphrase_makes_it_less_severe(tmp_path):
    make(tmp_path, "ssh-keygen", "-q", "-t", "ed25519", "-N", "some phrase", "-f", str(tmp_path / "key"))
    (finding,) = found(tmp_path, "private-key")
    assert (finding["severity"], finding["details"]) == ("medium", ["under a passphrase"])


@pytest.mark.skipif(not shutil.which("gpg"), reason="needs gpg")
def test_gpg(tmp_path):
    home = ["gpg", "--homedir", str(tmp_path), "--batch", "--yes", "--pinentry-mode", "loopback", "--passphrase", ""]
    run(*home, "--quick-generate-key", "me", "rsa2048", "default", "never")
    run(*home, "--armor", "--output", str(tmp_path / "key"), "--export-secret-keys", "me")
    (finding,) = found(tmp_path, "pgp-private-key")
    assert (finding["confidence"], finding["details"]) == ("high", ["without a passphrase"])
    text = (tmp_path / "key").read_text()
    at = text.index("\n\n") + 100
    (tmp_path / "key").write_text(text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1:])
    (finding,) = found(tmp_path, "pgp-private-key")
    assert (finding["confidence"], finding["details"]) == ("low", ["its checksum is wrong"])


def test_a_wrong_checksum_makes_a_guess(tmp_path):
    right = token("structure")
    wrong = right[:20] + ("a" if right[20] != "a" else "b") + right[21:]
    (tmp_path / "key").write_text(f"a = {right}\nb = {wrong}\n")
    confidence = {f["line"]: (f["confidence"], f.get("details")) for f in found(tmp_path, "github-personal-access-token")}
    assert confidence == {1: ("high", None), 2: ("low", ["its checksum is wrong"])}


def test_rules_explain_names_the_check():
    out = sluice("rules", "explain", "github-personal-access-token").out.decode()
    assert "proven when" in out and "CRC-32" in out


def drawn(seed, alphabet, size):
    return "".join(random.Random(seed).choices(alphabet, k=size))


HEX = "0123456789abcdef"
LOWER = string.ascii_lowercase + string.digits
ALNUM = string.ascii_letters + string.digits
AWS_ID = "AKI" + "A" + "Y" + drawn(1, string.ascii_uppercase + "234567", 15)


@pytest.mark.parametrize("rule, first, second", [
    ("aws-secret-access-key", f"aws_access_key_id = {AWS_ID}", f"aws_secret_access_key = {drawn(2, ALNUM + '+/', 40)}"),
    ("twilio-auth-token", "TWILIO_ACCOUNT_SID=A" + f"C{drawn(3, HEX, 32)}", f"TWILIO_AUTH_TOKEN={drawn(4, HEX, 32)}"),
    ("google-oauth-client-secret", f"client_id: {drawn(5, string.digits, 12)}-{drawn(6, LOWER, 32)}.apps.google" +
     "usercontent.com", "client_secret: GOC" + f"SPX-{drawn(7, ALNUM, 28)}"),
])
def test_two_halves_are_one_finding_with_both_places(tmp_path, rule, first, second):
    (tmp_path / "key").write_text(f"{first}\nregion = here\n{second}\n")
    report = sluice("dir", "key", "-f", "json", cwd=tmp_path)
    (finding,) = report.findings
    assert (finding["rule"], finding["line"]) == (rule, 3)
    (half,) = finding["related"]
    assert (half["path"], half["line"]) == ("key", 1)
    assert "the other half" in half["message"]
    if rule.startswith("aws"):
        assert "of AWS account" in finding["message"]


def test_a_client_id_alone_is_no_finding(tmp_path):
    (tmp_path / "key").write_text(f"client_id: {drawn(8, string.digits, 12)}-{drawn(9, LOWER, 32)}.apps.google" +
                                  "usercontent.com\n")
    assert sluice("dir", "key", "-f", "json", cwd=tmp_path).findings == []
