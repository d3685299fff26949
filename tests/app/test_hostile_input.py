"""Input made to break things: odd names, long lines, control sequences, links."""
import os

from sluice_repo import sluice, token


def test_control_sequences_never_reach_the_terminal(repo):
    repo.write("bad\x1b[31m\nname.txt", f"\x1b]0;title\x07 token = {token(1)}\n")
    repo.git("add", "-A")
    repo.git("commit", "-q", "-m", f"evil \x1b[2J message {token(2)}", "--author", "Evil\x1b[31m <e@example.org>")
    for options in ([], ["-v"], ["-q"], ["-f", "github"], ["-f", "markdown"]):
        run = repo.text("history", *options)
        assert run.code == 1
        assert b"\x1b" not in run.out + run.err, options


def test_names_with_quotes_newlines_and_bytes(repo):
    for name in (b'q"uo\'te.txt', b"new\nline.txt", b"by\xfftes.txt", b"-dash.txt", b" space .txt"):
        repo.write(name, f"token = {token(name)}\n")
    repo.git("add", "-A")
    run = repo.sluice("staged")
    assert run.code == 1 and len(run.secrets()) == 5
    for form in ("sarif", "junit", "csv", "html", "github"):
        assert repo.text("staged", "-f", form).code == 1


def test_line_of_a_hundred_thousand_characters(repo):
    repo.write("a.txt", "key=token;" * 20_000 + f"token = {token(1)}" + ";secret=api" * 20_000)
    repo.git("add", "-A")
    run = repo.sluice("staged")
    assert len(run.secrets()) == 1
    assert len(run.out) < 100_000, "a report quotes a long line in part"


def test_links_out_of_the_tree_are_not_followed(repo, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.txt").write_text(f"token = {token(1)}\n")
    folder = repo.path / "sub"
    folder.mkdir()
    os.symlink(outside, folder / "link")
    os.symlink(outside / "a.txt", folder / "file")
    run = repo.sluice("dir", "sub")
    assert run.code == 0 and run.report["scope"]["files"] == 0
    repo.git("add", "-A")
    assert repo.sluice("staged").code == 0


def test_no_final_newline_and_empty_files(repo):
    repo.write("empty.txt", "")
    repo.write("a.txt", f"token = {token(1)}")
    repo.git("add", "-A")
    assert len(repo.sluice("staged").secrets()) == 1


def test_no_secret_in_any_report_unless_asked(repo, tmp_path):
    secret = token(1)
    repo.add_commit("a.txt", f"a = {secret}; b = {token(2)}\n", f"message {secret}")
    outputs = [tmp_path / f"r.{e}" for e in ("json", "sarif", "xml", "csv", "html", "md", "txt")]
    names = ["json", "sarif", "junit", "csv", "html", "markdown", "text"]
    args = [a for n, o in zip(names, outputs) for a in ("-o", f"{n}={o}")]
    run = repo.text("history", "-v", *args)
    for data in [run.out, run.err] + [o.read_bytes() for o in outputs]:
        for planted in (secret, token(2)):
            assert planted.encode() not in data
            assert planted[8:30].encode() not in data
    assert secret.encode() in repo.text("history", "--no-redact").out
    assert list(tmp_path.glob("*.??????")) == [], "no temporary file is left"


def test_started_anywhere(repo, tmp_path):
    repo.add_commit("deep/a.txt", f"token = {token(1)}\n")
    assert repo.sluice("history", cwd=repo.path / "deep").code == 1
    assert sluice("history", "-C", str(repo.path), "-f", "json", cwd=tmp_path).code == 1
    repo.git("clone", "-q", "--bare", str(repo.path), str(tmp_path / "bare.git"))
    run = sluice("history", "-f", "json", cwd=tmp_path / "bare.git")
    assert len(run.secrets()) == 1, run
    repo.git("worktree", "add", "-q", str(tmp_path / "tree"), "-b", "tree")
    assert sluice("history", "-f", "json", cwd=tmp_path / "tree").code == 1
