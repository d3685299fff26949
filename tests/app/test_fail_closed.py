"""What cannot be decided is exit code 2 and says why; nothing is silently clean."""
import json
import os
import pathlib
import signal
import subprocess
import time

import pytest

from sluice_repo import GIT_ENV, SLUICE, Repo, sluice, token


def problems(run):
    return " | ".join(f"{p['where']}: {p['what']} {p['remedy']}" for p in run.report["problems"])


def loose_path(repo, oid):
    return repo.path / ".git/objects" / oid[:2] / oid[2:]


def test_corrupt_object(repo):
    repo.add_commit("a.txt", "hello\n" * 100)
    path = loose_path(repo, repo.git("rev-parse", "HEAD:a.txt"))
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    run = repo.sluice("history")
    assert run.code == 2, run
    assert repo.git("rev-parse", "HEAD:a.txt") in problems(run)


@pytest.mark.parametrize("place", [-1, -30, 200])
def test_index_that_does_not_match_its_checksum(repo, place):
    for number in range(30):
        repo.write(f"file{number}.txt", f"hello {number}\n")
    repo.git("add", ".")
    repo.commit("files")
    repo.write("file3.txt", "changed\n")
    repo.git("add", ".")
    assert repo.sluice("staged").code == 0
    index = repo.path / ".git/index"
    data = bytearray(index.read_bytes())
    data[place] ^= 0x01
    index.write_bytes(data)
    run = repo.sluice("staged")
    assert run.code == 2, run
    assert "index" in problems(run)
    assert repo.sluice("check").code == 2


def test_missing_blob(repo):
    repo.add_commit("a.txt", "hello\n")
    oid = repo.git("rev-parse", "HEAD:a.txt")
    loose_path(repo, oid).unlink()
    run = repo.sluice("history")
    assert run.code == 2 and oid in problems(run), run
    run = repo.sluice("range", "HEAD~1..HEAD")
    assert run.code == 2 and oid in problems(run), run


def test_damaged_commit_graph_is_not_used(repo):
    commits = [f"commit refs/heads/main\ncommitter Ada <ada@example.org> {1_700_001_000 + i} +0000\ndata 1\nx\n"
               + ("from refs/heads/main^0\n" if i == 0 else "") + "\n" for i in range(100)]
    repo.git("fast-import", "--quiet", stdin="".join(commits))
    repo.git("reset", "-q", "--hard")
    repo.add_commit("a.txt", token(1) + "\n")
    repo.git("commit-graph", "write", "--reachable")
    whole = repo.sluice("range", "HEAD~90..HEAD")
    assert whole.code == 1 and len(whole.secrets()) == 1 and not whole.report["notes"], whole
    graph = repo.path / ".git/objects/info/commit-graph"
    data = bytearray(graph.read_bytes())
    data[-100] ^= 1
    graph.chmod(0o644)
    graph.write_bytes(data)
    damaged = repo.sluice("range", "HEAD~90..HEAD")
    assert damaged.findings == whole.findings and damaged.code == 1, damaged
    assert "commit-graph does not match its own checksum" in " ".join(damaged.report["notes"]), damaged
    doctor = sluice("doctor", cwd=repo.path)
    assert b"commit-graph does not match its own checksum" in doctor.out, doctor


def test_garbage_that_points_at_pruned_objects_is_no_problem(repo):
    repo.add_commit("a.txt", "hello\n")
    oid = repo.git("rev-parse", "HEAD:a.txt")
    repo.git("reset", "-q", "--hard", "HEAD~1")
    repo.git("reflog", "expire", "--expire=now", "--all")
    os.unlink(repo.path / ".git/ORIG_HEAD")
    loose_path(repo, oid).unlink()
    assert repo.sluice("history").code == 0


def test_shallow_clone(repo, tmp_path):
    repo.add_commit("a.txt", "1\n")
    repo.add_commit("a.txt", "2\n")
    repo.git("clone", "-q", "--depth=1", f"file://{repo.path}", str(tmp_path / "shallow"))
    run = sluice("history", "-f", "json", cwd=tmp_path / "shallow")
    assert run.code == 2 and "shallow" in problems(run) and "--unshallow" in problems(run)
    run = sluice("range", "HEAD", "-f", "json", cwd=tmp_path / "shallow")
    assert run.code == 2 and "shallow" in problems(run)


def test_partial_clone(repo, tmp_path):
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.add_commit("a.txt", "1\n")
    repo.add_commit("a.txt", "2\n")
    repo.git("clone", "-q", "--filter=blob:none", f"file://{repo.path}", str(tmp_path / "partial"))
    run = sluice("history", "-f", "json", cwd=tmp_path / "partial")
    assert run.code == 2, run


def test_a_large_file_that_is_cut_short_while_it_is_read(tmp_path):
    path = tmp_path / "large.bin"
    path.write_text(f"api_token = {token('cut')}\n")
    os.truncate(path, 600 << 20)
    process = subprocess.Popen([SLUICE, "dir", path.name, "-f", "json"], cwd=tmp_path, env=GIT_ENV, stdout=subprocess.PIPE)
    maps = pathlib.Path(f"/proc/{process.pid}/maps")
    while path.name not in maps.read_text() and process.poll() is None:
        pass
    os.truncate(path, 4096)
    report = json.loads(process.communicate()[0])
    assert process.returncode == 2
    (problem,) = report["problems"]
    assert problem["where"] == path.name and "cut short" in problem["what"]
    assert [f["line"] for f in report["findings"]] == [1]


@pytest.mark.parametrize("text, says", [
    ("allow: [", b".sluice.yaml:"),
    ("alow: []\n", b"did you mean 'allow'"),
    ("allow:\n  - reason: everything\n", b"must name a fingerprint, a rule or paths"),
    ("disable: [no-such-rule]\n", b"no rule or check 'no-such-rule'"),
    ("max_blob_size: many\n", b"is not a size"),
    ("rules: {}\n", b"must be a list"),
])
def test_broken_policy(repo, text, says):
    repo.write(".sluice.yaml", text)
    run = repo.sluice("staged")
    assert run.code == 2 and says in run.err, run


def test_policy_that_leaves_no_rule(repo):
    ids = [line.split()[0] for line in repo.text("rules", "list").out.decode().splitlines()]
    rules = [i for i in ids if not i.startswith(("CFG", "ENV"))]
    repo.write(".sluice.yaml", "disable: [" + ", ".join(rules) + "]\n")
    run = repo.sluice("staged")
    assert run.code == 2 and b"no rule is left" in run.err, run


def test_missing_policy_file_named(repo):
    run = repo.sluice("staged", "-c", "nowhere.yaml")
    assert run.code == 2 and b"nowhere.yaml" in run.err


def test_no_repository(tmp_path):
    assert sluice("staged", cwd=tmp_path).code == 2
    assert sluice("history", "-C", str(tmp_path / "missing")).code == 2


@pytest.mark.skipif(os.geteuid() != 0, reason="needs another owner")
def test_dubious_ownership(repo):
    subprocess.run(["chown", "-R", "12345:12345", str(repo.path)], check=True)
    run = repo.sluice("staged")
    assert run.code == 2 and b"safe.directory" in run.err, run


@pytest.mark.skipif(os.geteuid() != 0, reason="drops its privileges")
def test_no_permission(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.txt").write_text("x\n")
    (folder / "a.txt").chmod(0)
    tmp_path.chmod(0o755)
    for parent in tmp_path.parents:
        if parent != pathlib.Path("/") and str(parent).startswith("/tmp"):
            parent.chmod(0o755)
    process = subprocess.run([SLUICE, "dir", str(folder), "-f", "json"], env=GIT_ENV, capture_output=True,
                             user=65534, group=65534, cwd="/")
    assert process.returncode == 2, process


def test_disk_full_on_the_report(repo):
    with open("/dev/full", "wb") as full:
        process = subprocess.run([SLUICE, "staged"], cwd=repo.path, env=GIT_ENV, stdout=full, stderr=subprocess.PIPE)
    assert process.returncode == 2 and b"could not be written" in process.stderr
    run = repo.text("staged", "-o", "json=/dev/full")
    assert run.code == 2 and b"/dev/full" in run.err
    run = repo.text("staged", "-o", "nowhere/report.json")
    assert run.code == 2


def test_closed_pipe(repo):
    read_end, write_end = os.pipe()
    os.close(read_end)
    process = subprocess.run([SLUICE, "rules", "list"], cwd=repo.path, env=GIT_ENV, stdout=write_end,
                             stderr=subprocess.PIPE)
    os.close(write_end)
    assert process.returncode == 2


def test_interrupt(tmp_path):
    repo = Repo(tmp_path / "big")
    for n in range(5):
        repo.write(f"f{n}.txt", f"api key token secret {n}\n" * 1_500_000)
    process = subprocess.Popen([SLUICE, "dir", str(repo.path), "-j", "1", "-f", "json"], env=GIT_ENV,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 2
    assert b"interrupted" in out


def test_empty_range(repo):
    repo.add_commit("a.txt", "1\n")
    run = repo.sluice("range", "HEAD..HEAD")
    assert run.code == 2 and b"no commit" in run.err
    assert repo.sluice("range", "nowhere..HEAD").code == 2


def test_nothing_to_check_is_not_clean(tmp_path):
    assert sluice("config", "check", cwd=tmp_path).code == 2


def test_skipped_blobs_are_told(repo):
    repo.add_commit("big.txt", "x" * 5000 + f"\ntoken = {token(1)}\n")
    run = repo.sluice("history", "--max-blob-size", "1K")
    assert [s["what"] for s in run.report["scope"]["skipped"]] == [repo.git("rev-parse", "HEAD:big.txt")]
    assert b"--max-blob-size" in repo.text("history", "--max-blob-size", "1K", "-v").out


def test_wrong_arguments(repo):
    assert repo.text("nonsense").code == 2
    assert repo.text("staged", "--format", "jsn").code == 2
    assert repo.text("staged", "--enable", "nosuch").code == 2
    assert repo.text().code == 2
    assert repo.text("--help").code == 0
    assert repo.text("--version").code == 0
