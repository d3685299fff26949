"""sluice ci end to end: GitHub's files, GitLab's variables, and a server that git really pushes to."""
import json
import os
import pathlib
import subprocess

import pytest

from sluice_repo import GIT_ENV, SLUICE, Repo, sluice, token

ROOT = pathlib.Path(__file__).parents[2]
ZERO = "0" * 40


def push_event(tmp_path, before, after, ref="refs/heads/main"):
    path = tmp_path / "event.json"
    path.write_text(json.dumps({"ref": ref, "before": before, "after": after,
                                "repository": {"default_branch": "main"}}))
    return {"GITHUB_EVENT_NAME": "push", "GITHUB_EVENT_PATH": str(path), "GITHUB_SHA": after}


def test_a_push_is_looked_at_and_said_so(repo, tmp_path):
    before = repo.add_commit("a.txt", f"token = {token('old')}\n")
    after = repo.add_commit("b.txt", f"token = {token('new')}\n")
    run = repo.sluice("ci", env=push_event(tmp_path, before, after))
    assert run.code == 1 and [f["path"] for f in run.secrets()] == ["b.txt"], run
    assert run.report["scope"]["kind"] == "ci" and run.report["scope"]["commits"] == 1
    said = f"push to main: {before[:7]}..{after[:7]}"
    assert run.report["scope"]["description"] == said and f"looking at {said}" in run.err.decode()


def test_an_empty_range_is_green_only_with_a_reason(repo, tmp_path):
    head = repo.git("rev-parse", "HEAD")
    run = repo.text("ci", env=push_event(tmp_path, head, ZERO, "refs/heads/topic"))
    assert run.code == 0 and b"nothing new: topic was deleted" in run.err, run
    run = repo.text("ci", env=push_event(tmp_path, head, head))
    assert run.code == 2 and not run.out, run


def test_without_anything_to_go_by_it_explains(repo):
    run = repo.text("ci")
    assert run.code == 2 and b"sluice range BASE..HEAD" in run.err


def test_a_shallow_clone_is_never_green(repo, tmp_path):
    before = repo.git("rev-parse", "HEAD")
    after = repo.add_commit("a.txt", "clean\n")
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.path}", str(tmp_path / "shallow"))
    run = sluice("ci", cwd=tmp_path / "shallow", env=push_event(tmp_path, before, after))
    assert run.code == 2 and b"fetch-depth: 0" in run.err, run


def test_a_schedule_is_the_whole_history(repo, tmp_path):
    repo.add_commit("a.txt", f"token = {token(1)}\n")
    repo.add_commit("a.txt", "gone\n")
    (tmp_path / "event.json").write_text("{}")
    run = repo.sluice("ci", env={"GITHUB_EVENT_NAME": "schedule",
                                 "GITHUB_EVENT_PATH": str(tmp_path / "event.json")})
    assert run.code == 1 and len(run.secrets()) == 1


def test_gitlab(repo):
    before = repo.git("rev-parse", "HEAD")
    after = repo.add_commit("a.txt", f"token = {token(1)}\n")
    run = repo.sluice("ci", env={"GITLAB_CI": "true", "CI_PIPELINE_SOURCE": "push", "CI_COMMIT_REF_NAME": "main",
                                 "CI_COMMIT_BEFORE_SHA": before, "CI_COMMIT_SHA": after})
    assert run.code == 1 and len(run.secrets()) == 1, run


def test_github_gets_annotations_and_a_summary_without_secrets(repo, tmp_path):
    before = repo.git("rev-parse", "HEAD")
    after = repo.add_commit("a.txt", f"token = {token(1)}\n")
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    env = {**push_event(tmp_path, before, after), "GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}
    run = repo.text("ci", env=env)
    assert run.code == 1 and b"::error file=a.txt,line=1" in run.out, run
    assert summary.read_text().startswith("before\n") and "a.txt" in summary.read_text()
    assert token(1).encode() not in run.out + run.err + summary.read_bytes()
    assert b"::error" not in repo.sluice("ci", env=env).out, "-f decides what standard output holds"


def test_a_summary_that_cannot_be_written_is_not_green(repo, tmp_path):
    before = repo.git("rev-parse", "HEAD")
    env = {**push_event(tmp_path, before, repo.add_commit("a.txt", "clean\n")), "GITHUB_ACTIONS": "true",
           "GITHUB_STEP_SUMMARY": str(tmp_path / "none" / "summary.md")}
    run = repo.text("ci", env=env)
    assert run.code == 2 and b"report could not be written" in run.err


def test_pull_request_target_does_not_obey_the_policy_of_the_pull_request(repo, tmp_path):
    base = repo.git("rev-parse", "HEAD")
    repo.write("a.txt", f"token = {token(1)}\n")
    repo.write(".sluice.yaml", "allow:\n  - {paths: ['**'], reason: mine}\n")
    repo.git("add", "-A")
    head = repo.commit("sneak it in")
    (tmp_path / "event.json").write_text(json.dumps(
        {"pull_request": {"number": 1, "base": {"sha": base, "ref": "main"}, "head": {"sha": head}}}))
    env = {"GITHUB_EVENT_NAME": "pull_request_target", "GITHUB_EVENT_PATH": str(tmp_path / "event.json"),
           "GITHUB_SHA": base}
    run = repo.text("ci", env=env)
    assert run.code == 2 and b"policy file comes from the pull request" in run.err, run
    (tmp_path / "trusted.yaml").write_text("version: 1\n")
    assert repo.sluice("ci", "-c", str(tmp_path / "trusted.yaml"), env=env).code == 1
    repo.git("checkout", "-q", base)
    assert repo.sluice("ci", env=env).code == 1


@pytest.fixture(params=["pre-receive", "update"])
def server(request, tmp_path):
    """A bare repository whose hook refuses what sluice does not like."""
    bare = Repo(tmp_path / "server.git", bare=True)
    if request.param == "pre-receive":
        assert sluice("install", cwd=bare.path).code == 0
    else:
        (tmp_path / "bin").mkdir()
        os.symlink(os.path.abspath(SLUICE), tmp_path / "bin/sluice")
        (bare.path / "hooks/update").write_text((ROOT / "hooks/update").read_text())
        (bare.path / "hooks/update").chmod(0o755)
    bare.hook = request.param
    bare.env = {**GIT_ENV, "PATH": f"{tmp_path / 'bin'}:{GIT_ENV['PATH']}"}
    return bare


def push(repo, server, *refs):
    return subprocess.run(["git", "push", "-q", str(server.path), *refs], cwd=repo.path, env=server.env,
                          capture_output=True)


def test_a_server_refuses_a_push_before_its_objects_are_visible(repo, server):
    assert push(repo, server, "main").returncode == 0
    repo.git("checkout", "-q", "-b", "good")
    repo.add_commit("good.txt", "clean\n")
    repo.git("checkout", "-q", "-b", "bad", "main")
    bad = repo.add_commit("bad.txt", f"token = {token(1)}\n")
    refused = push(repo, server, "bad")
    assert refused.returncode != 0 and b"bad.txt" in refused.stderr, refused
    assert token(1).encode() not in refused.stderr
    there = subprocess.run(["git", "cat-file", "-e", bad], cwd=server.path, env=GIT_ENV, capture_output=True)
    # Git empties the quarantine into the repository before it runs update hooks.
    assert server.hook == "update" or there.returncode != 0
    assert push(repo, server, "good").returncode == 0
    # What the server has is not looked at again; a deletion brings nothing.
    assert push(repo, server, "good:other").returncode == 0
    assert push(repo, server, ":other").returncode == 0


def test_a_server_reads_every_line(repo, server):
    push(repo, server, "main")
    repo.git("checkout", "-q", "-b", "a-good")
    repo.add_commit("good.txt", "clean\n")
    repo.git("checkout", "-q", "-b", "z-bad", "main")
    repo.add_commit("bad.txt", f"token = {token(1)}\n")
    refused = push(repo, server, "a-good", "z-bad")
    assert refused.returncode != 0 and b"bad.txt" in refused.stderr, refused
    assert "z-bad" not in server.git("for-each-ref", "--format=%(refname:short)").splitlines()


def test_a_server_reads_tag_messages_and_tagged_blobs(repo, server):
    push(repo, server, "main")
    repo.git("tag", "-a", "-m", f"token = {token(1)}", "heavy")
    assert push(repo, server, "heavy").returncode != 0
    blob = repo.git("hash-object", "-w", "--stdin", stdin=f"token = {token(2)}\n")
    repo.git("tag", "blob", blob)
    assert push(repo, server, "blob").returncode != 0
    repo.git("tag", "light")
    assert push(repo, server, "light").returncode == 0


def test_a_first_push_is_looked_at_whole(repo, server):
    repo.add_commit("a.txt", f"token = {token(1)}\n")
    repo.add_commit("a.txt", "gone\n")
    assert push(repo, server, "main").returncode != 0
