"""What a commit would add, and nothing else."""
from sluice_repo import sluice, token


def line(seed):
    return f"token = {token(seed)}\n"


def test_clean_stage_is_clean(repo):
    repo.write("a.txt", "hello\n")
    repo.git("add", "a.txt")
    run = repo.sluice("staged")
    assert run.code == 0, run
    assert run.report["scope"]["blobs"] == 1


def test_finding_tells_line_and_column(repo):
    repo.write("a.txt", "ü\n  ü = " + line(1))
    repo.git("add", "a.txt")
    [finding] = repo.sluice("staged").secrets()
    assert (finding["path"], finding["line"]) == ("a.txt", 2)
    assert finding["column"] == len("  ü = token = ") + 1
    assert finding["end_column"] == finding["column"] + 40


def test_lines_that_were_there_before_do_not_count(repo):
    repo.add_commit("a.txt", line("old") + "x\n")
    repo.write("a.txt", line("old") + "y\n")
    repo.git("add", "a.txt")
    assert repo.sluice("staged").code == 0


def test_whole_blob_is_read_but_only_added_lines_count(repo):
    repo.add_commit("a.txt", line("old") + "x\n")
    repo.write("a.txt", line("old") + "x\n" + line("new"))
    repo.git("add", "a.txt")
    [finding] = repo.sluice("staged").secrets()
    assert finding["line"] == 3


def test_work_tree_does_not_count(repo):
    repo.write("a.txt", "hello\n")
    repo.git("add", "a.txt")
    repo.write("a.txt", line(1))
    assert repo.sluice("staged").code == 0


def test_rename_keeps_its_old_lines_quiet(repo):
    body = "".join(f"line {n}\n" for n in range(30)) + line("old")
    repo.add_commit("old.txt", body)
    repo.git("mv", "old.txt", "new.txt")
    assert repo.sluice("staged").code == 0


def test_intent_to_add_has_no_content_yet(repo):
    repo.write("a.txt", line(1))
    repo.git("add", "-N", "a.txt")
    assert repo.sluice("staged").code == 0


def test_partial_commit_by_index_file(repo):
    repo.write("a.txt", line(1))
    repo.git("add", "a.txt")
    other = {"GIT_INDEX_FILE": ".git/other-index"}
    repo.git("read-tree", "HEAD", env=other)
    assert repo.sluice("staged", env=other).code == 0
    assert repo.sluice("staged").code == 1


def test_commit_all_through_the_installed_hook(repo):
    repo.add_commit("a.txt", "one\n")
    assert repo.text("install").code == 0
    repo.write("a.txt", line(1))
    head = repo.git("rev-parse", "HEAD")
    repo.git("commit", "-q", "-a", "-m", "all", check=False)
    assert repo.git("rev-parse", "HEAD") == head, "the hook must have stopped the commit"
    repo.write("a.txt", "two\n")
    repo.git("commit", "-q", "-a", "-m", "all")
    assert repo.git("rev-parse", "HEAD") != head


def test_first_commit_of_an_empty_repository(tmp_path):
    from sluice_repo import Repo
    repo = Repo(tmp_path / "bare-start")
    repo.git("update-ref", "-d", "HEAD")
    repo.write("a.txt", line(1))
    repo.git("add", "a.txt")
    assert len(repo.sluice("staged").secrets()) == 1


def test_tree_checks_run_on_the_index(repo):
    repo.write(".env", "A=1\n")
    repo.git("add", "-f", ".env")
    assert "ENV002" in repo.sluice("staged").rules()


def test_message(repo):
    path = repo.path / "msg"
    path.write_text(f"deploy with {token(1)}\n\n# comment {token(2)}\n"
                    f"# ------------------------ >8 ------------------------\n{token(3)}\n")
    run = repo.sluice("message", path)
    assert run.code == 1
    assert [f["line"] for f in run.findings] == [1]


def test_one_secret_in_two_places_is_one_finding(repo):
    repo.write("a.txt", line(1))
    repo.write("b.txt", "x\n" + line(1))
    repo.git("add", "-A")
    [finding] = repo.sluice("staged").secrets()
    assert finding["paths"] == ["a.txt", "b.txt"]
    assert [(r["path"], r["line"]) for r in finding["related"]] == [("b.txt", 2)]


def test_dir_and_stdin(repo):
    repo.write("sub/a.txt", line(1))
    run = repo.sluice("dir", "sub")
    assert [f["path"] for f in run.secrets()] == ["sub/a.txt"]
    run = sluice("stdin", "--path", "x.py", "-f", "json", cwd=repo.path, stdin=line(2).encode())
    assert [f["path"] for f in run.secrets()] == ["x.py"]


FALLBACK = "import os\nKEY = os.getenv('API_KEY', 'none')\n"


def test_code_is_checked_where_it_is_staged(repo):
    repo.write("old.py", FALLBACK)
    repo.git("add", "-A")
    repo.commit()
    repo.write("a.txt", "text\n")
    repo.git("add", "-A")
    assert repo.text("staged").code == 0, "old.py is not this commit's business"
    repo.write("new.py", FALLBACK)
    repo.git("add", "-A")
    done = repo.text("staged")
    assert done.code == 1 and b"SEC012" in done.out and b"new.py:2" in done.out and b"old.py" not in done.out, done
    repo.commit()
    done = repo.text("range", "HEAD~1..HEAD")
    assert done.code == 1 and b"new.py:2" in done.out and b"old.py" not in done.out, done
    assert repo.text("check").out.count(b"SEC012") == 2
