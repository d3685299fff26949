"""What Git LFS keeps beside the repository is looked at where it is here, and told where it is not."""
import hashlib

from sluice_repo import Repo, token
from test_hidden_text import zipped

TOKEN = token("large file")
LINE = f"api_token = {TOKEN}\n".encode()


def pointer_to(content):
    oid = hashlib.sha256(content).hexdigest()
    return oid, f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize {len(content)}\n"


def add_large(repo, name, content, is_here=True, stored=None):
    """Commits a pointer as git-lfs does, and keeps its content where git-lfs does."""
    oid, pointer = pointer_to(content)
    if is_here:
        place = repo.path / ".git" / "lfs" / "objects" / oid[:2] / oid[2:4] / oid
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if stored is None else stored)
    repo.write(name, pointer)
    repo.git("add", name)


def test_content_is_looked_at(tmp_path):
    repo = Repo(tmp_path / "repo")
    add_large(repo, "weights.bin", b"\0\1\2\n" + LINE)
    run = repo.sluice("staged")
    (found,) = run.secrets()
    assert (run.code, found["path"], found["inside"], found["line"]) == (1, "weights.bin", "LFS object", 2)
    assert TOKEN.encode() not in run.out
    repo.commit()
    for engine in ["fast", "simple"]:
        run = repo.sluice("history", "--engine", engine)
        (found,) = run.secrets()
        assert (run.code, found["path"], found["inside"]) == (1, "weights.bin", "LFS object")


def test_an_archive_is_opened(tmp_path):
    repo = Repo(tmp_path / "repo")
    add_large(repo, "model.zip", zipped(conf__a_DOT_env=LINE))
    (found,) = repo.sluice("staged").secrets()
    assert found["inside"] == "LFS object!conf/a.env"


def test_absent_ones_are_counted(tmp_path):
    repo = Repo(tmp_path / "repo")
    for number in range(5):
        add_large(repo, f"f{number}.bin", LINE + bytes([number]), is_here=False)
    run = repo.sluice("staged")
    (skipped,) = run.report["scope"]["skipped"]
    assert run.code == 0 and run.secrets() == []
    assert skipped["what"] == "5 files in Git LFS (f0.bin, f1.bin, f2.bin, ...)"
    assert "git lfs fetch" in skipped["reason"]


def test_damaged_content_is_a_problem(tmp_path):
    repo = Repo(tmp_path / "repo")
    add_large(repo, "f.bin", LINE, stored=LINE[:10])
    run = repo.sluice("staged")
    assert run.code == 2 and "should have" in run.report["problems"][0]["what"]


def test_a_limit_leaves_it_out(tmp_path):
    repo = Repo(tmp_path / "repo")
    add_large(repo, "f.bin", LINE + b"x" * 5000)
    run = repo.sluice("staged", "--max-blob-size", "2K")
    assert run.code == 0 and run.report["scope"]["skipped"][0]["what"] == "f.bin in Git LFS"
