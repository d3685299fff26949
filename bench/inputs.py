"""What is measured: generated repositories and files, the same bytes on every machine."""
import os
import pathlib
import random
import re
import subprocess

import measure

WORDS = """return value index buffer request response handler config session token key user name password path
length offset count while error status update insert select from table column width height node parent child
if else for in not and or true false null size queue worker thread lock release acquire commit branch merge""".split()


def git(cwd, *args, stdin=None, date=1_700_000_000):
    env = dict(measure.ENV, GIT_COMMITTER_NAME="Ada", GIT_COMMITTER_EMAIL="ada@example.org",
               GIT_AUTHOR_NAME="Ada", GIT_AUTHOR_EMAIL="ada@example.org",
               GIT_AUTHOR_DATE=f"{date} +0000", GIT_COMMITTER_DATE=f"{date} +0000")
    run = subprocess.run(["git", *args], cwd=cwd, env=env, input=stdin, stdout=subprocess.PIPE, check=True)
    return run.stdout.decode(errors="surrogateescape").strip()


def source_line(dice):
    return f"  {dice.choice(WORDS)}_{dice.choice(WORDS)} = {dice.choice(WORDS)}({dice.randrange(10000)});\n"


def import_commits(path, commits):
    """A repository from (files to write) a commit; one packed fast-import stream."""
    path.mkdir(parents=True)
    git(path, "init", "-q", "-b", "main")
    stream = bytearray()
    for number, files in enumerate(commits):
        message = f"change {number}".encode()
        stream += b"commit refs/heads/main\ncommitter Ada <ada@example.org> %d +0000\n" % (1_600_000_000 + 60 * number)
        stream += b"data %d\n%s\n" % (len(message), message)
        for name, content in files.items():
            stream += b"M 100644 inline %s\ndata %d\n%s\n" % (name.encode(), len(content), content)
    git(path, "fast-import", "--quiet", stdin=bytes(stream))
    git(path, "reset", "-q", "--hard")


def wide_repository(path, files=15_000, staged=10):
    """Many files in many folders, a few of them edited and staged."""
    dice = random.Random(1)
    names = [f"src/{n % 150:03}/file_{n:05}.c" for n in range(files)]
    tree = {name: "".join(source_line(dice) for _ in range(40)).encode() for name in names}
    import_commits(path, [{".gitignore": b".env\n.env.*\n", **tree}])
    for name in dice.sample(names, staged):
        (path / name).write_bytes(tree[name] + source_line(dice).encode())
        git(path, "add", name)
    return path


def deep_repository(path, commits=3_000, files=200):
    """A long history of small edits in few files, packed as `git gc` would."""
    dice = random.Random(2)
    names = [f"src/file_{n:03}.c" for n in range(files)]
    lines = {name: [source_line(dice) for _ in range(300)] for name in names}
    history = [{".gitignore": b".env\n.env.*\n", **{n: "".join(lines[n]).encode() for n in names}}]
    for _ in range(commits):
        changed = dice.sample(names, 3)
        for name in changed:
            lines[name][dice.randrange(len(lines[name]))] = source_line(dice)
        history.append({name: "".join(lines[name]).encode() for name in changed})
    import_commits(path, history)
    git(path, "repack", "-adfq", "--depth=50", "--window=20")
    return path


def copy(repository, path):
    """A bare copy with one pack, so that nobody's work changes what is measured."""
    git(path.parent, "clone", "-q", "--mirror", str(repository), path.name)
    git(path, "repack", "-adq")
    return path


def keywords(rules):
    """Every keyword of the built-in rules: the words that wake the engine."""
    found = set()
    for file in sorted(pathlib.Path(rules).glob("*.yaml")):
        for listed in re.findall(r"keywords: \[([^\]]*)\]", file.read_text()):
            found |= {word.strip().strip("'\"") for word in listed.split(",")}
    return sorted(found - {""})


def keyword_file(path, rules, size=200_000):
    """Nothing but keywords with something after them: every rule wakes again and again."""
    dice, words, text = random.Random(3), keywords(rules), ""
    while len(text) < size:
        text += "".join(f"{dice.choice(words)} = {dice.choice(WORDS)}{dice.choice(' ;,')}" for _ in range(12)) + "\n"
    path.write_text(text[:size])
    return path


def long_line_file(path, size):
    """One line, minified code by its look, without an end."""
    dice = random.Random(4)
    piece = "".join(source_line(dice).strip() for _ in range(20_000)).encode()
    with open(path, "wb") as file:
        for start in range(0, size, len(piece)):
            file.write(piece[: size - start])
    return path


def blob_repository(path, size):
    """One commit with one blob of `size` bytes of text."""
    path.mkdir(parents=True)
    git(path, "init", "-q", "-b", "main")
    dice = random.Random(5)
    piece = "".join(source_line(dice) for _ in range(20_000)).encode()
    (path / ".gitignore").write_bytes(b".env\n.env.*\n")
    with open(path / "large.txt", "wb") as file:
        for start in range(0, size, len(piece)):
            file.write(piece[: size - start])
    git(path, "add", "-A")
    git(path, "commit", "-q", "-m", "large")
    os.unlink(path / "large.txt")
    return path
