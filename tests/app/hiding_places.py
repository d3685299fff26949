"""Places in a repository where a secret can lie, as functions that put one there."""
import os
from dataclasses import dataclass
from typing import Callable, Tuple


@dataclass
class Place:
    name: str
    make: Callable
    command: Tuple[str, ...] = ("history",)


PLACES = []


def place(name, command=("history",)):
    def register(make):
        PLACES.append(Place(name, make, command))
        return make
    return register


def line(secret):
    return f"token = {secret}\n"


@place("a plain commit")
def plain(repo, secret):
    repo.add_commit("a.txt", line(secret))


@place("a file deleted since")
def deleted(repo, secret):
    repo.add_commit("a.txt", line(secret))
    repo.git("rm", "-q", "a.txt")
    repo.commit("gone")


@place("only in a merge commit's tree (evil merge)")
def evil_merge(repo, secret):
    repo.git("switch", "-q", "-c", "side")
    repo.add_commit("side.txt", "side\n")
    repo.git("switch", "-q", "main")
    repo.add_commit("main.txt", "main\n")
    repo.git("merge", "-q", "--no-commit", "--no-ff", "side")
    repo.write("merged.txt", line(secret))
    repo.git("add", "merged.txt")
    repo.commit("merge")


@place("a symbolic link replaced by a file")
def type_change(repo, secret):
    os.symlink("elsewhere", repo.path / "link")
    repo.git("add", "link")
    repo.commit("link")
    os.unlink(repo.path / "link")
    repo.add_commit("link", line(secret))


@place("a file with the -diff attribute")
def no_diff(repo, secret):
    repo.add_commit(".gitattributes", "*.dat -diff\n")
    repo.add_commit("a.dat", line(secret))


@place("UTF-16 text")
def utf16(repo, secret):
    repo.add_commit("a.txt", line(secret).encode("utf-16"))


@place("UTF-16 text without a byte order mark")
def utf16_bare(repo, secret):
    repo.add_commit("a.txt", line(secret).encode("utf-16-le"))


@place("UTF-32 text")
def utf32(repo, secret):
    repo.add_commit("a.txt", line(secret).encode("utf-32"))


@place("a binary file")
def binary(repo, secret):
    repo.add_commit("a.bin", b"\x7fELF\0\1\2\0" + secret.encode() + b"\0\0\xff")


@place("a renamed and edited file")
def rename_edit(repo, secret):
    body = "".join(f"line {n}\n" for n in range(50))
    repo.add_commit("old.txt", body)
    repo.git("mv", "old.txt", "new.txt")
    repo.add_commit("new.txt", body + line(secret))


@place("the newest stash, work tree")
def stash(repo, secret):
    repo.add_commit("a.txt", "one\n")
    repo.write("a.txt", line(secret))
    repo.git("stash", "-q")


@place("the newest stash, untracked file")
def stash_untracked(repo, secret):
    repo.write("new.txt", line(secret))
    repo.git("stash", "-q", "-u")


@place("an older stash")
def old_stash(repo, secret):
    repo.add_commit("a.txt", "one\n")
    repo.write("a.txt", line(secret))
    repo.git("stash", "-q")
    repo.write("a.txt", "two\n")
    repo.git("stash", "-q")


@place("a commit only the reflog knows")
def reflog_only(repo, secret):
    repo.add_commit("a.txt", line(secret))
    repo.git("reset", "-q", "--hard", "HEAD~1")


@place("a dangling blob, added but never committed")
def dangling_blob(repo, secret):
    repo.write("a.txt", line(secret))
    repo.git("add", "a.txt")
    repo.git("rm", "-q", "--cached", "a.txt")


@place("an unreachable commit, its reflog expired")
def unreachable_commit(repo, secret):
    repo.add_commit("a.txt", line(secret))
    repo.git("reset", "-q", "--hard", "HEAD~1")
    repo.git("reflog", "expire", "--expire=now", "--all")


@place("a commit message")
def commit_message(repo, secret):
    repo.commit(f"deploy with {secret}")


@place("a merge commit's message")
def merge_message(repo, secret):
    repo.git("switch", "-q", "-c", "side")
    repo.add_commit("side.txt", "side\n")
    repo.git("switch", "-q", "main")
    repo.add_commit("main.txt", "main\n")
    repo.git("merge", "-q", "--no-ff", "-m", f"merge with {secret}", "side")


@place("an annotated tag's message")
def tag_message(repo, secret):
    repo.git("tag", "-a", "v1", "-m", f"release {secret}")


@place("a tag on a blob")
def tag_on_blob(repo, secret):
    blob = repo.git("hash-object", "-w", "--stdin", stdin=line(secret))
    repo.git("tag", "hidden", blob)


@place("a note")
def note(repo, secret):
    repo.git("notes", "add", "-m", f"remember {secret}")


@place("another worktree's detached HEAD")
def worktree(repo, secret):
    other = repo.path.parent / "other"
    repo.git("worktree", "add", "-q", "--detach", str(other))
    (other / "a.txt").write_text(line(secret))
    repo.git("add", "a.txt", cwd=other)
    repo.git("commit", "-q", "-m", "there", cwd=other)


@place("an alternate object database")
def alternate(repo, secret):
    lender = repo.path.parent / "lender.git"
    repo.git("init", "-q", "--bare", str(lender))
    repo.git("hash-object", "-w", "--stdin", stdin=line(secret), cwd=lender)
    (repo.path / ".git/objects/info/alternates").write_text(str(lender / "objects") + "\n")


@place("a packed, deltified old version")
def packed_delta(repo, secret):
    body = "".join(f"line {n} of a long file\n" for n in range(300))
    for n in range(10):
        repo.add_commit("a.txt", body + f"version {n}\n" + (line(secret) if n == 4 else ""))
    repo.git("repack", "-q", "-adf", "--depth=50")


@place("a file name that is not UTF-8")
def odd_name(repo, secret):
    repo.write(b"odd\xff\nname.txt", line(secret))
    repo.git("add", "-A")
    repo.commit("odd")


@place("staged: a new file", ("staged",))
def staged_new(repo, secret):
    repo.write("a.txt", line(secret))
    repo.git("add", "a.txt")


@place("staged: a rename with an edit", ("staged",))
def staged_rename(repo, secret):
    body = "".join(f"line {n}\n" for n in range(50))
    repo.add_commit("old.txt", body)
    repo.git("mv", "old.txt", "new.txt")
    repo.write("new.txt", body + line(secret))
    repo.git("add", "new.txt")


@place("staged: a type change", ("staged",))
def staged_type_change(repo, secret):
    os.symlink("elsewhere", repo.path / "link")
    repo.git("add", "link")
    repo.commit("link")
    os.unlink(repo.path / "link")
    repo.write("link", line(secret))
    repo.git("add", "link")


@place("staged: started in a sub-directory", ("staged",))
def staged_from_below(repo, secret):
    repo.write("deep/down/keep.txt", "x\n")
    repo.write("top.txt", line(secret))
    repo.git("add", "-A")
    return repo.path / "deep" / "down"


@place("staged: a file with the -diff attribute", ("staged",))
def staged_no_diff(repo, secret):
    repo.add_commit(".gitattributes", "*.dat -diff\n")
    repo.write("a.dat", line(secret))
    repo.git("add", "a.dat")


@place("staged: the first commit", ("staged",))
def staged_first(repo, secret):
    repo.git("checkout", "-q", "--orphan", "fresh")
    repo.write("a.txt", line(secret))
    repo.git("add", "a.txt")


@place("staged: an unmerged path", ("staged",))
def staged_unmerged(repo, secret):
    repo.add_commit("a.txt", "base\n")
    repo.git("switch", "-q", "-c", "side")
    repo.add_commit("a.txt", line(secret))
    repo.git("switch", "-q", "main")
    repo.add_commit("a.txt", "ours\n")
    repo.git("merge", "-q", "side", check=False)
