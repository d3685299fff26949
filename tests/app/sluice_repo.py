"""Real repositories made with git, and the built program run on them."""
import json
import os
import pathlib
import random
import string
import subprocess
import zlib

SLUICE = os.environ.get("SLUICE", "build/dev/src/sluice")

GIT_ENV = {
    "PATH": os.environ["PATH"],
    "HOME": "/nonexistent",
    "LC_ALL": "C.UTF-8",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_SYSTEM": "/dev/null",
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "detect_leaks=0"),
}


def token(seed):
    """A GitHub token that no one ever held, with the checksum of a real one, built when it is needed."""
    digits = string.digits + string.ascii_uppercase + string.ascii_lowercase
    body = "".join(random.Random(str(seed)).choices(digits, k=30))
    value, checksum = zlib.crc32(body.encode()), ""
    for _ in range(6):
        value, digit = divmod(value, 62)
        checksum = digits[digit] + checksum
    return "gh" + "p_" + body + checksum


class Run:
    def __init__(self, process):
        self.code = process.returncode
        self.out = process.stdout
        self.err = process.stderr

    @property
    def report(self):
        return json.loads(self.out)

    @property
    def findings(self):
        return [f for f in self.report["findings"] if f["suppressed"] is None]

    def rules(self):
        return sorted(f["rule"] for f in self.findings)

    def secrets(self):
        return [f for f in self.findings if f["rule"].startswith("github")]

    def __repr__(self):
        return f"exit {self.code}\n{self.out.decode(errors='replace')}\n{self.err.decode(errors='replace')}"


def sluice(*args, cwd=None, env=None, stdin=b"", check_json=True):
    merged = dict(GIT_ENV)
    merged.update(env or {})
    process = subprocess.run([SLUICE, *map(str, args)], cwd=cwd, env=merged, input=stdin, capture_output=True)
    return Run(process)


class Repo:
    def __init__(self, path, bare=False):
        self.path = pathlib.Path(path)
        self.path.mkdir(parents=True, exist_ok=True)
        self.clock = 1_700_000_000
        self.git("init", "-q", "-b", "main", *(["--bare"] if bare else []))
        if not bare:
            self.write(".gitignore", ".env\n.env.*\n!.env.example\n")
            self.git("add", ".gitignore")
            self.commit("start")

    def git(self, *args, stdin=None, env=None, cwd=None, check=True):
        merged = dict(GIT_ENV)
        self.clock += 60
        merged["GIT_AUTHOR_DATE"] = merged["GIT_COMMITTER_DATE"] = f"{self.clock} +0000"
        merged.update(env or {})
        if isinstance(stdin, str):
            stdin = stdin.encode()
        process = subprocess.run(["git", *args], cwd=cwd or self.path, env=merged, input=stdin, capture_output=True)
        if check and process.returncode != 0:
            raise AssertionError(f"git {args}: {process.stderr.decode(errors='replace')}")
        return process.stdout.decode(errors="surrogateescape").strip()

    def write(self, name, content):
        path = self.path / name if isinstance(name, str) else pathlib.Path(os.fsdecode(os.fsencode(self.path) + b"/" + name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(self, message="change", *extra):
        self.git("commit", "-q", "--no-verify", "--allow-empty", "-m", message, *extra)
        return self.git("rev-parse", "HEAD")

    def add_commit(self, name, content, message="change"):
        self.write(name, content)
        self.git("add", "-A", "-f", ".")
        return self.commit(message)

    def sluice(self, *args, cwd=None, env=None, stdin=b""):
        return sluice(*args, "-f", "json", cwd=cwd or self.path, env=env, stdin=stdin)

    def text(self, *args, cwd=None, env=None, stdin=b""):
        return sluice(*args, cwd=cwd or self.path, env=env, stdin=stdin)
