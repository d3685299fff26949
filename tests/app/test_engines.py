"""The fast engine and the simple one say the same, byte for byte, on histories of every shape."""
import base64
import gzip
import random

import pytest

from sluice_repo import Repo, token


def hidden(seed, kind):
    """A secret that is written as something else, on one line or on several."""
    secret = f"token = {token((seed, 'hidden', kind))} and more text behind it, so that lines get long\n"
    encoded = base64.b64encode(secret.encode()).decode()
    return [f"data: {encoded}", secret.encode().hex(), "\n".join(encoded[i:i + 40] for i in range(0, len(encoded), 40)),
            "".join(f"%{byte:02X}" for byte in secret.encode()), "".join(f"\\u{byte:04x}" for byte in secret.encode()),
            "".join(f"&#{byte};" for byte in secret.encode()), base64.b64encode(gzip.compress(secret.encode(), mtime=0)).decode(),
            base64.b64encode(encoded.encode()).decode()][kind]


def grow(repo, seed):
    """A history with edits, renames, copies, merges, long lines and secrets that come and go."""
    source = random.Random(seed)
    files = {}
    for step in range(25):
        action = source.choice(["new", "edit", "edit", "rename", "copy", "secret", "hidden", "long", "branch"])
        name = f"d{source.randrange(3)}/f{source.randrange(6)}.txt"
        if action == "new" or not files:
            files[name] = [f"line {source.random()}" for _ in range(source.randrange(1, 200))]
        elif action == "rename":
            old = source.choice(sorted(files))
            (repo.path / old).unlink()
            files[name] = files.pop(old)
        elif action == "copy":
            files[name] = list(files[source.choice(sorted(files))])
        elif action == "branch":
            repo.git("switch", "-q", "-c", f"b{seed}-{step}")
        else:
            lines = files[source.choice(sorted(files))]
            at = source.randrange(len(lines) + 1)
            lines.insert(at, {"edit": f"edit {step}", "secret": f"token = {token((seed, source.randrange(5)))}",
                              "hidden": hidden(seed, source.randrange(8)),
                              "long": "key=" + "x y " * 3000}[action])
        for path, lines in files.items():
            repo.write(path, "\n".join(lines))
        repo.git("add", "-A")
        repo.commit(f"step {step}")
        if step % 6 == 0:
            repo.git("tag", *(["-a", "-m", "a release"] if step % 12 == 0 else []), f"v{seed}.{step}")


def report(repo, engine, *extra):
    run = repo.sluice("history", "--engine", engine, *extra)
    report = run.report
    report["scope"]["seconds"] = 0
    return run.code, report


@pytest.mark.parametrize("seed, repack", [
    (1, None), (2, ["-adf", "--depth=50", "--window=50"]), (3, ["-adf", "--depth=1", "--window=2"]),
    (4, ["-d"]), (5, ["-adF", "--depth=250", "--window=10"])])
def test_same_report(tmp_path, seed, repack):
    repo = Repo(tmp_path / "repo")
    grow(repo, seed)
    if repack:
        repo.git("repack", "-q", *repack)
        repo.add_commit("late.txt", f"token = {token('late')}\n")
    code, fast = report(repo, "fast")
    assert (code, fast) == report(repo, "simple")
    assert code == 1 and len(fast["findings"]) >= 1
    assert (code, fast) == report(repo, "fast", "-j", "1")


def test_tells_which_refs_hold_a_secret(tmp_path):
    repo = Repo(tmp_path / "repo")
    grow(repo, 11)
    grow(repo, 12)
    refs = repo.git("for-each-ref", "--format=%(refname)", "refs/heads", "refs/tags").split()
    run = repo.sluice("history", "--no-redact")
    looked_at = 0
    for finding in run.report["findings"]:
        for secret in {token((seed, i)) for seed in (11, 12) for i in range(5)}:
            if f"token = {secret}" != finding["excerpt"] or finding.get("inside"):
                continue
            holding = [ref for ref in refs if repo.git("grep", "-l", "-F", secret, ref, check=False)]
            assert finding["present_at"] == {"count": len(holding), "refs": holding[:20]}
            looked_at += 1
    assert looked_at >= 3


def test_same_report_with_ref_deltas_and_several_packs(tmp_path):
    repo = Repo(tmp_path / "repo")
    for seed in range(3):
        grow(repo, seed)
        repo.git("-c", "repack.useDeltaBaseOffset=false", "repack", "-q", "-d")
    assert report(repo, "fast") == report(repo, "simple")
