"""An audit with a cache says what an audit without one says, whatever happened in between."""
import json
import random

import pytest

from sluice_repo import sluice, token
from test_large_files import add_large


class Audits:
    def __init__(self, repo, tmp_path):
        self.repo = repo
        self.file = tmp_path / "audit.cache"

    def report(self, *arguments):
        out = self.file.with_suffix(".json")
        out.unlink(missing_ok=True)
        run = self.repo.sluice("history", "-q", "-o", f"json={out}", *arguments)
        report = json.loads(out.read_text())
        del report["scope"]["seconds"]
        return run, report

    def same(self, note=None):
        """Audits with and without the cache, holds them against each other, and the notes against `note`."""
        _, whole = self.report()
        run, cached = self.report("--cache", str(self.file))
        notes = [text for text in cached["notes"] if text not in whole["notes"]]
        cached["notes"] = whole["notes"]
        assert cached == whole
        if note is None:
            assert notes == []
        else:
            assert len(notes) == 1 and note in notes[0], notes
        return run


@pytest.fixture
def audits(repo, tmp_path):
    repo.add_commit("a.txt", f"token = {token(1)}\n")
    repo.add_commit("clean.txt", "nothing\n")
    made = Audits(repo, tmp_path)
    made.same()
    return made


def test_nothing_new(audits):
    audits.same()
    audits.same()


def test_new_secret_old_secret_elsewhere_and_message(audits):
    audits.repo.add_commit("b.txt", f"token = {token(2)}\n")
    audits.same()
    audits.repo.add_commit("c.txt", f"token = {token(1)}\nmore\n")
    audits.same()
    audits.repo.add_commit("d.txt", "d\n", message=f"uses {token(3)}")
    run = audits.same()
    assert run.code == 1


def test_clean_file_moves(audits):
    audits.repo.git("mv", "clean.txt", "folder.txt")
    audits.repo.commit("move")
    audits.same()


def test_file_with_a_secret_moves(audits):
    audits.repo.git("mv", "a.txt", "z.txt")
    audits.repo.commit("move")
    audits.same("new path")
    audits.same()


def test_merge_of_a_branch_that_was_seen(audits):
    repo = audits.repo
    repo.git("switch", "-q", "-c", "side")
    repo.add_commit("side.txt", f"token = {token(4)}\n")
    repo.git("switch", "-q", "main")
    repo.add_commit("main.txt", "main\n")
    audits.same()
    repo.git("merge", "-q", "--no-ff", "-m", "merge", "side")
    audits.same()


def test_env_file_is_committed(audits):
    audits.repo.add_commit(".env", "A=1\n")
    audits.same("env file")
    audits.repo.add_commit("later.txt", "later\n")
    audits.same()


def test_amended_and_rewritten(audits):
    repo = audits.repo
    repo.add_commit("b.txt", f"token = {token(2)}\n")
    repo.git("commit", "-q", "--amend", "-m", "other words")
    audits.same()
    repo.git("reset", "-q", "--hard", "HEAD~1")
    audits.same()
    repo.git("reflog", "expire", "--expire=now", "--all")
    audits.same("does not help")


def test_commit_out_of_reach_becomes_reachable(audits):
    repo = audits.repo
    repo.add_commit("b.txt", f"token = {token(2)}\n")
    lost = repo.git("rev-parse", "HEAD")
    repo.git("reset", "-q", "--hard", "HEAD~1")
    repo.git("reflog", "expire", "--expire=now", "--all")
    repo.git("update-ref", "-d", "ORIG_HEAD")
    audits.same("does not help")
    repo.add_commit("c.txt", f"token = {token(5)}\n")
    audits.same()
    repo.git("branch", "found", lost)
    audits.same("none led to")


def test_older_commit_arrives(audits):
    repo = audits.repo
    now, repo.clock = repo.clock, repo.clock - 1_000_000
    repo.git("switch", "-q", "--orphan", "old")
    repo.add_commit("old.txt", f"token = {token(6)}\n")
    repo.clock = now
    audits.same("older")


def test_repacked(audits):
    audits.repo.git("repack", "-a", "-d", "-q")
    audits.same("gone")
    audits.repo.add_commit("b.txt", f"token = {token(2)}\n")
    audits.same()
    audits.repo.git("repack", "-q")
    audits.same()


def test_tags(audits):
    audits.repo.git("tag", "-a", "v1", "-m", f"release {token(7)}")
    audits.same()
    audits.repo.git("tag", "blob", "HEAD:a.txt")
    audits.same("no commit")


def test_refs_to_trees_come_and_go(audits):
    repo = audits.repo
    repo.git("tag", "tree", "HEAD^{tree}")
    audits.same()
    repo.git("switch", "-q", "-c", "side")
    repo.add_commit("a.txt", "one\n")
    repo.git("switch", "-q", "main")
    repo.add_commit("a.txt", f"token = {token(2)}\n")
    audits.same()
    repo.git("cherry-pick", "side", check=False)
    assert (repo.path / ".git" / "AUTO_MERGE").exists()
    audits.same()
    repo.git("cherry-pick", "--abort")
    repo.git("tag", "-d", "tree")
    repo.add_commit("b.txt", "b\n")
    audits.same()


def test_tree_that_leads_to_what_is_absent(audits):
    repo = audits.repo
    blob = repo.git("hash-object", "-w", "--stdin", stdin="absent\n").strip()
    tree = repo.git("mktree", stdin=f"100644 blob {blob}\tabsent.txt\n").strip()
    (repo.path / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    repo.git("update-ref", "refs/tags/tree", tree)
    audits.same("absent")
    repo.add_commit("b.txt", "b\n")
    audits.same()
    repo.git("tag", "-d", "tree")
    audits.same("a tree came or went")


def test_a_secret_that_is_known_is_found_again(audits):
    """What is told of it is joined anew: its first places, its paths, what allows it, what holds it."""
    repo = audits.repo
    for number in range(25):
        repo.add_commit(f"folder{number}/a.txt", f"x {number}\ntoken = {token(1)}\n")
        if number % 8 == 0:
            audits.same()
    repo.add_commit("allowed.txt", f"token = {token(1)}  # sluice:allow made up\n")
    audits.same()
    repo.add_commit("allowed.txt", f"other\ntoken = {token(1)}\n")
    audits.same()
    repo.git("branch", "kept")
    repo.git("rm", "-q", "-r", "allowed.txt", "folder3")
    repo.commit("less")
    audits.same()


def test_large_files_that_are_not_here(audits):
    contents = [f"token = {token(number)}\n".encode() for number in (5, 6, 7)]
    add_large(audits.repo, "one.bin", contents[0], is_here=False)
    audits.repo.commit("a pointer")
    audits.same()
    add_large(audits.repo, "two.bin", contents[1], is_here=False)
    add_large(audits.repo, "three.bin", contents[2], is_here=True)
    audits.repo.commit("two pointers, the content of one of them is here")
    audits.same()
    audits.repo.add_commit("b.txt", "b\n")
    audits.same()
    add_large(audits.repo, "one.bin", contents[0], is_here=True)
    audits.same("in Git LFS")
    audits.same()


def test_allowed_and_baseline_are_judged_anew(audits):
    repo = audits.repo
    repo.add_commit("b.txt", f"token = {token(2)}  # sluice:allow of no use\n")
    audits.same()
    repo.write(".sluice.yaml", "disable: [ENV001]\n")
    audits.same("another policy")
    audits.same()


def test_damaged_foreign_and_cut(audits, tmp_path):
    whole = audits.file.read_bytes()
    for place in (0, 5, len(whole) // 2, len(whole) - 1):
        changed = bytearray(whole)
        changed[place] ^= 1
        audits.file.write_bytes(bytes(changed))
        audits.same("is ignored")
    for size in (0, 10, len(whole) - 1):
        audits.file.write_bytes(whole[:size])
        audits.same("is ignored")
    audits.file.write_text("something else\n")
    audits.same("is ignored")
    other = type(audits.repo)(tmp_path / "other")
    other.add_commit("x.txt", f"token = {token(8)}\n")
    Audits(other, tmp_path).same("does not help")


def test_holds_no_secret(audits):
    audits.repo.add_commit("b.txt", f"first = {token(2)} second = {token(3)}\n", message=token(4))
    audits.same()
    bytes_ = audits.file.read_bytes()
    for number in range(1, 5):
        secret = token(number).encode()
        assert secret not in bytes_ and secret[4:] not in bytes_
    assert audits.file.stat().st_mode & 0o077 == 0


def test_cannot_be_written(audits, tmp_path):
    run = audits.repo.sluice("history", "-q", "--cache", str(tmp_path / "absent" / "cache"))
    assert run.code == 1
    assert b"not written" in run.out + run.err


@pytest.mark.parametrize("arguments", [["--reachable"], ["--shard", "1/2"], ["--engine", "simple"], ["--no-redact"], ["."]])
def test_refuses_parts(audits, arguments):
    run = audits.repo.sluice("history", "--cache", str(audits.file), *arguments)
    assert run.code == 2
    assert b"--cache" in run.err or b"--no-redact" in run.err


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens(repo, tmp_path, seed):
    """Random histories: after each few steps both audits agree."""
    chance = random.Random(seed)
    audits = Audits(repo, tmp_path)
    names = [f"{folder}{n}.txt" for folder in ("", "d/", "d/e/") for n in range(3)]
    branches = ["main"]

    def write():
        secret = f"token = {token(chance.randrange(6))}\n" if chance.random() < 0.4 else ""
        repo.write(chance.choice(names), f"{secret}line {chance.randrange(5)}\n")

    def move():
        tracked = repo.git("ls-files").splitlines()
        if tracked:
            old, new = chance.choice(tracked), chance.choice(names)
            if old != new:
                (repo.path / new).parent.mkdir(parents=True, exist_ok=True)
                repo.git("mv", "-f", old, new)

    def branch():
        branches.append(f"b{len(branches)}")
        repo.git("switch", "-q", "-c", branches[-1])

    def switch():
        repo.git("switch", "-q", chance.choice(branches))

    def merge():
        repo.git("merge", "-q", "-X", "ours", "-m", "merge", chance.choice(branches), check=False)
        if repo.git("ls-files", "-u"):
            repo.git("reset", "-q", "--hard")

    for _ in range(8):
        for _ in range(chance.randrange(1, 4)):
            chance.choice([write, write, write, move, branch, switch, merge])()
            repo.git("add", "-A")
            if repo.git("status", "--porcelain"):
                repo.commit(f"step {chance.randrange(1000)}")
        if chance.random() < 0.2:
            repo.git("repack", "-q", *chance.choice([["-a", "-d"], []]))
        _, whole = audits.report()
        _, cached = audits.report("--cache", str(audits.file))
        cached["notes"] = whole["notes"] = []
        assert cached == whole


def test_refs_that_move_come_and_go(audits):
    repo = audits.repo
    repo.git("branch", "old")
    repo.git("tag", "-a", "-m", "a release", "v1")
    audits.same()
    repo.git("rm", "-q", "a.txt")
    repo.add_commit("b.txt", f"token = {token(2)}\n")
    audits.same()
    repo.git("branch", "new")
    repo.git("branch", "-m", "old", "older")
    repo.git("tag", "v2", "HEAD~2")
    audits.same()
    repo.git("checkout", "-q", "v1", "--", "a.txt")
    repo.git("rm", "-q", "b.txt")
    repo.commit("back again")
    audits.same("new path")
    repo.git("branch", "newer")
    audits.same()
    _, report = audits.report()
    held = {finding["path"]: finding["present_at"]["refs"] for finding in report["findings"]}
    assert held == {"a.txt": ["refs/heads/main", "refs/heads/newer", "refs/heads/older", "refs/tags/v1", "refs/tags/v2"], "b.txt": ["refs/heads/new"]}
