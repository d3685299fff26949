"""Attribution and ranges against what git itself says."""
from sluice_repo import sluice, token


def test_first_commit_author_date_and_all_paths(repo):
    repo.add_commit("x.txt", "x\n")
    repo.write("a.txt", f"token = {token(1)}\n")
    repo.git("add", "-A")
    repo.git("commit", "-q", "-m", "leak", "--author", "Grace <grace@example.org>")
    first = repo.git("rev-parse", "HEAD")
    repo.git("mv", "a.txt", "b.txt")
    repo.commit("move")
    [finding] = repo.sluice("history").secrets()
    assert finding["commit"] == first
    assert finding["author"] == "Grace <grace@example.org>"
    assert finding["date"] == repo.git("log", "-1", "--format=%aI", first)
    assert finding["paths"] == ["a.txt", "b.txt"]
    assert finding["object"] == repo.git("rev-parse", f"{first}:a.txt")


def test_attribution_is_what_find_object_says(repo):
    for n in range(6):
        repo.git("switch", "-q", "-c", f"side{n}", "main")
        repo.add_commit(f"s{n}.txt", f"token = {token(n)}\n")
        repo.git("switch", "-q", "main")
        repo.add_commit(f"m{n}.txt", f"main {n}\n")
        repo.git("merge", "-q", "--no-ff", "-m", "merge", f"side{n}")
    findings = repo.sluice("history").secrets()
    assert len(findings) == 6
    for finding in findings:
        commits = repo.git("log", "--all", "--reverse", "--topo-order", "--format=%H", f"--find-object={finding['object']}")
        assert finding["commit"] == commits.splitlines()[0]


def test_edited_file_gives_one_finding_a_secret(repo):
    for n in range(8):
        repo.add_commit("a.txt", f"token = {token(1)}\nversion {n}\n")
    assert len(repo.sluice("history").secrets()) == 1


def test_reachable_narrows(repo):
    repo.write("a.txt", f"token = {token(1)}\n")
    repo.git("add", "a.txt")
    repo.git("rm", "-q", "--cached", "a.txt")
    assert repo.sluice("history").code == 1
    assert repo.sluice("history", "--reachable").code == 0


def test_since(repo):
    repo.add_commit("a.txt", f"token = {token(1)}\n")
    repo.clock += 10_000_000
    repo.add_commit("b.txt", f"token = {token(2)}\n")
    run = repo.sluice("history", "--since", "2024-01-01")
    assert [f["path"] for f in run.secrets()] == ["b.txt"]
    assert repo.sluice("history", "--since", "whenever").code == 2


def test_range_sees_merges_second_parents_messages_and_tags(repo):
    base = repo.git("rev-parse", "HEAD")
    repo.git("switch", "-q", "-c", "side")
    repo.add_commit("side.txt", f"token = {token('side')}\n")
    repo.git("switch", "-q", "main")
    repo.add_commit("main.txt", "main\n", f"message {token('message')}")
    repo.git("merge", "-q", "--no-commit", "--no-ff", "side")
    repo.write("evil.txt", f"token = {token('evil')}\n")
    repo.git("add", "evil.txt")
    repo.commit("merge")
    repo.git("tag", "-a", "v1", "-m", f"tag {token('tag')}")
    run = repo.sluice("range", f"{base}..v1")
    assert sorted(f["path"] for f in run.secrets()) == ["", "", "evil.txt", "side.txt"]
    assert run.report["scope"]["commits"] == 3


def test_range_leaves_out_what_was_there(repo):
    repo.add_commit("a.txt", f"token = {token(1)}\n")
    base = repo.git("rev-parse", "HEAD")
    repo.add_commit("a.txt", f"token = {token(1)}\nmore\n")
    repo.git("mv", "a.txt", "b.txt")
    repo.commit("move")
    assert repo.sluice("range", f"{base}..HEAD").code == 0


def test_range_finds_what_was_added_and_removed_again(repo):
    base = repo.git("rev-parse", "HEAD")
    repo.add_commit("a.txt", f"token = {token(1)}\n")
    repo.add_commit("a.txt", "nothing\n")
    run = repo.sluice("range", f"{base}..HEAD")
    assert len(run.secrets()) == 1


def test_env_in_history_is_found_when_gone(repo):
    repo.add_commit(".env", "A=1\n")
    repo.git("rm", "-q", ".env")
    repo.commit("gone")
    assert "ENV005" in repo.sluice("history").rules()
    assert "ENV005" in repo.sluice("range", "HEAD~2..HEAD").rules()
    assert repo.sluice("check").code == 0


def test_check_at_a_revision(repo):
    good = repo.git("rev-parse", "HEAD")
    repo.add_commit("config/config_base.yaml", "model:\n  size: 3\n")
    repo.add_commit("config/config_dev.yaml", "model: big\n")
    assert repo.sluice("check").rules() == ["CFG001"]
    assert repo.sluice("check", "--rev", good).code == 0
    assert repo.sluice("check", "--rev", "HEAD").code == 1
    run = sluice("config", "check", "config", "-f", "json", cwd=repo.path)
    assert run.rules() == ["CFG001"]


def test_tells_which_refs_still_hold_it(repo):
    repo.add_commit("a.txt", f"token = {token(1)}\n")
    repo.git("branch", "old")
    repo.git("tag", "-a", "-m", "a release", "v1")
    repo.git("update-ref", "refs/remotes/origin/old", "HEAD")
    repo.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/old")
    repo.git("update-ref", "refs/pull/1/head", "HEAD")
    repo.git("tag", "tree", "HEAD^{tree}")
    repo.git("rm", "-q", "a.txt")
    repo.add_commit("b.txt", f"token = {token(2)}\n")
    repo.git("rm", "-q", "b.txt")
    repo.commit("gone")
    first, second = repo.sluice("history").secrets()
    assert first["present_at"] == {"count": 4, "refs": ["refs/heads/old", "refs/remotes/origin/old", "refs/tags/tree", "refs/tags/v1"]}
    assert second["present_at"] == {"count": 0, "refs": []}
    out = repo.sluice("history", "--format", "text").out.decode()
    assert "still at: old, origin/old, tree, v1" in out
    assert "still at: no branch and no tag: in history only" in out


def test_a_range_does_not_tell_where_it_still_is(repo):
    repo.add_commit("a.txt", f"token = {token(1)}\n")
    assert [finding["present_at"] for finding in repo.sluice("range", "HEAD").secrets()] == [None]
