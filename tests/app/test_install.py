"""The hooks: put in place beside what is there, taken out without a trace, and really run by git."""
import json
import os
import subprocess

import pytest

from sluice_repo import GIT_ENV, SLUICE, Repo, sluice, token

HOOKS = ["pre-commit", "commit-msg", "pre-push"]


def install(repo, *args, cwd=None, env=None):
    return sluice("install", *args, cwd=cwd or repo.path, env=env)


def commit(repo, message="change", cwd=None, env=None):
    """A commit that does run the hooks."""
    return subprocess.run(["git", "commit", "-q", "-m", message], cwd=cwd or repo.path,
                          env={**GIT_ENV, **(env or {})}, capture_output=True)


def stage(repo, name, content, cwd=None):
    ((cwd or repo.path) / name).write_text(content)
    repo.git("add", "-A", cwd=cwd or repo.path)


def hook_at(repo, name):
    return repo.path / ".git/hooks" / name


def write_hook(path, body, mode=0o755):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n" + body)
    path.chmod(mode)


def snapshot(folder):
    return {p.name: (p.read_bytes(), p.lstat().st_mode) for p in sorted(folder.iterdir())}


def test_the_installed_hooks_stop_a_commit_and_a_message(repo):
    run = install(repo)
    assert run.code == 0, run
    for name in HOOKS:
        assert name in run.out.decode() and os.access(hook_at(repo, name), os.X_OK)
    stage(repo, "a.txt", f"token = {token(1)}\n")
    stopped = commit(repo)
    assert stopped.returncode != 0 and token(1).encode() not in stopped.stdout + stopped.stderr
    stage(repo, "a.txt", "clean\n")
    assert commit(repo, f"use {token(2)}").returncode != 0
    done = commit(repo, "clean")
    assert done.returncode == 0, done


def test_the_pre_push_hook_looks_at_every_branch(repo, tmp_path):
    remote = Repo(tmp_path / "remote", bare=True)
    repo.git("remote", "add", "origin", str(remote.path))
    repo.git("push", "-q", "origin", "main")
    assert install(repo).code == 0
    repo.git("checkout", "-q", "-b", "good")
    repo.add_commit("good.txt", "clean\n")
    repo.git("checkout", "-q", "-b", "bad", "main")
    repo.add_commit("bad.txt", f"token = {token(1)}\n")
    both = subprocess.run(["git", "push", "-q", "origin", "good", "bad"], cwd=repo.path, env=GIT_ENV,
                          capture_output=True)
    assert both.returncode != 0 and b"bad.txt" in both.stdout + both.stderr, both
    repo.git("push", "-q", "origin", "good")
    repo.git("push", "-q", "origin", "good")
    repo.git("push", "-q", "origin", "--delete", "good")


def test_installing_again_changes_nothing(repo):
    install(repo)
    before = snapshot(repo.path / ".git/hooks")
    again = install(repo)
    assert again.code == 0 and b"already in place" in again.out
    assert snapshot(repo.path / ".git/hooks") == before


def test_an_existing_hook_runs_first_and_decides_too(repo, tmp_path):
    log = tmp_path / "log"
    write_hook(hook_at(repo, "commit-msg"), f'echo "$#:$(cat "$1")" >> {log}\ngrep -q good "$1" || exit 7\n')
    run = install(repo)
    assert b"before-sluice" in run.out
    stage(repo, "a.txt", "clean\n")
    assert commit(repo, "bad").returncode != 0
    assert commit(repo, f"good {token(1)}").returncode != 0
    assert commit(repo, "good").returncode == 0
    assert log.read_text().splitlines()[0] == "1:bad" and len(log.read_text().splitlines()) == 3


def test_an_existing_pre_push_hook_gets_the_same_lines(repo, tmp_path):
    remote = Repo(tmp_path / "remote", bare=True)
    repo.git("remote", "add", "origin", str(remote.path))
    log = tmp_path / "log"
    write_hook(hook_at(repo, "pre-push"), f'echo "$1 $2" >> {log}\ncat >> {log}\n')
    install(repo)
    repo.git("push", "-q", "origin", "main", "main:other")
    head = repo.git("rev-parse", "HEAD")
    assert sorted(log.read_text().splitlines()) == sorted(
        [f"origin {remote.path}"] + [f"refs/heads/main {head} refs/heads/{name} {'0' * 40}" for name in ("main", "other")])
    write_hook(hook_at(repo, "pre-push.before-sluice"), "exit 3\n")  # reads nothing
    repo.add_commit("a.txt", "clean\n")
    assert subprocess.run(["git", "push", "-q", "origin", "main"], cwd=repo.path, env=GIT_ENV,
                          capture_output=True).returncode != 0


def test_uninstalling_restores_exactly(repo):
    write_hook(hook_at(repo, "pre-commit"), "exit 0\n", 0o711)
    os.symlink("elsewhere", hook_at(repo, "pre-push"))
    (repo.path / ".git/hooks/elsewhere").write_text("#!/bin/sh\n")
    before = snapshot(repo.path / ".git/hooks")
    assert install(repo).code == 0
    assert snapshot(repo.path / ".git/hooks") != before
    run = sluice("uninstall", cwd=repo.path)
    assert run.code == 0, run
    assert snapshot(repo.path / ".git/hooks") == before
    assert b"no hook" in sluice("uninstall", cwd=repo.path).out


def test_uninstalling_leaves_foreign_hooks_alone(repo):
    write_hook(hook_at(repo, "pre-commit"), "exit 0\n")
    before = snapshot(repo.path / ".git/hooks")
    assert sluice("uninstall", cwd=repo.path).code == 0
    assert sluice("uninstall", "pre-commit", cwd=repo.path).code == 0
    assert snapshot(repo.path / ".git/hooks") == before


def test_a_backup_beside_a_foreign_hook_is_never_overwritten(repo):
    write_hook(hook_at(repo, "pre-commit"), "exit 0\n")
    write_hook(hook_at(repo, "pre-commit.before-sluice"), "exit 1\n")
    before = snapshot(repo.path / ".git/hooks")
    run = install(repo)
    assert run.code == 2 and b"before-sluice" in run.err
    assert snapshot(repo.path / ".git/hooks") == before, "everything is looked at before anything is written"


def test_named_hooks_only(repo):
    assert install(repo, "commit-msg").code == 0
    assert hook_at(repo, "commit-msg").exists() and not hook_at(repo, "pre-commit").exists()
    wrong = install(repo, "precommit")
    assert wrong.code == 2 and b"did you mean 'pre-commit'" in wrong.err


def test_hooks_path_inside_the_work_tree_is_honoured(repo):
    repo.git("config", "core.hooksPath", "tools/hooks")
    assert install(repo).code == 0
    assert (repo.path / "tools/hooks/pre-commit").exists() and not hook_at(repo, "pre-commit").exists()
    stage(repo, "a.txt", f"token = {token(1)}\n")
    assert commit(repo).returncode != 0


def test_a_shared_hooks_path_is_left_alone_unless_forced(repo, tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir()
    repo.git("config", "core.hooksPath", str(shared))
    run = install(repo)
    assert run.code == 2 and b"core.hooksPath" in run.err and not list(shared.iterdir())
    assert install(repo, "--force").code == 0
    assert len(list(shared.iterdir())) == len(HOOKS)


def test_a_linked_worktree_and_a_subdirectory_share_the_hooks(repo, tmp_path):
    side = tmp_path / "side"
    repo.git("worktree", "add", "-q", "-b", "side", str(side))
    (side / "deep").mkdir()
    assert install(repo, cwd=side / "deep").code == 0
    assert hook_at(repo, "pre-commit").exists()
    stage(repo, "a.txt", f"token = {token(1)}\n", cwd=side)
    assert commit(repo, cwd=side).returncode != 0


@pytest.mark.parametrize("text,advice", [
    ("# File generated by pre-commit: https://pre-commit.com\n", ".pre-commit-config.yaml"),
    ('call_lefthook run "pre-commit" "$@"\n', "lefthook.yml"),
])
def test_other_hook_managers_are_recognised(repo, text, advice):
    write_hook(hook_at(repo, "pre-commit"), text)
    run = install(repo)
    assert run.code == 2 and advice in run.err.decode()
    assert install(repo, "--force").code == 0


def test_husky_is_recognised(repo):
    repo.git("config", "core.hooksPath", ".husky/_")
    run = install(repo)
    assert run.code == 2 and b".husky/pre-commit" in run.err and b"sluice staged" in run.err


@pytest.mark.parametrize("name", HOOKS)
def test_without_sluice_the_hook_fails_and_says_why(repo, name):
    install(repo)
    hook = hook_at(repo, name)
    hook.write_text(hook.read_text().replace(f"sluice='{os.path.realpath(SLUICE)}'", "sluice='/nowhere/sluice'"))
    run = subprocess.run([hook, "x"], cwd=repo.path, env={"PATH": "/usr/bin:/bin"}, input=b"", capture_output=True)
    assert run.returncode != 0 and b"sluice install" in run.stderr and b"rm " in run.stderr, run


def test_a_path_with_a_quote_and_spaces_works(repo, tmp_path):
    odd = tmp_path / "it's a folder"
    odd.mkdir()
    binary = odd / "sluice"
    os.link(SLUICE, binary) if os.stat(SLUICE).st_dev == os.stat(odd).st_dev else binary.write_bytes(open(SLUICE, "rb").read())
    binary.chmod(0o755)
    run = subprocess.run([binary, "install"], cwd=repo.path, env=GIT_ENV, capture_output=True)
    assert run.returncode == 0, run
    stage(repo, "a.txt", "clean\n")
    done = commit(repo)
    assert done.returncode == 0, done
    assert sluice("doctor", cwd=repo.path).code == 0


def test_a_bare_repository_gets_pre_receive(tmp_path):
    bare = Repo(tmp_path / "bare.git", bare=True)
    assert sluice("install", cwd=bare.path).code == 0
    assert [p.name for p in (bare.path / "hooks").iterdir() if not p.name.endswith(".sample")] == ["pre-receive"]


def doctor(repo, *args, cwd=None, env=None):
    run = sluice("doctor", "--json", *args, cwd=cwd or repo.path, env=env)
    return run.code, {check["id"]: check for check in json.loads(run.out)["checks"]}


def test_doctor_knows_a_healthy_repository(repo):
    code, checks = doctor(repo)
    assert code == 1 and not checks["hook-pre-commit"]["healthy"] and checks["history"]["healthy"]
    install(repo)
    code, checks = doctor(repo)
    assert code == 0 and all(check["healthy"] for check in checks.values()), checks
    text = sluice("doctor", cwd=repo.path)
    assert "✓ pre-commit runs 'sluice staged'" in text.out.decode()


def test_doctor_sees_each_fault(repo, tmp_path):
    install(repo)
    hook_at(repo, "pre-commit").chmod(0o644)
    write_hook(hook_at(repo, "commit-msg"), "exit 0\n")
    text = hook_at(repo, "pre-push").read_text()
    hook_at(repo, "pre-push").write_text(text.replace(os.path.realpath(SLUICE), "/nowhere/sluice"))
    repo.write(".sluice.yaml", "colour: red\n")
    code, checks = doctor(repo)
    assert code == 1
    assert "chmod +x" in checks["hook-pre-commit"]["remedy"]
    assert "does not run sluice" in checks["hook-commit-msg"]["what"]
    assert "/nowhere/sluice" in checks["hook-pre-push"]["what"]
    assert ".sluice.yaml" in checks["policy"]["what"] and not checks["policy"]["healthy"]


def test_doctor_sees_another_version(repo, tmp_path):
    install(repo)
    other = tmp_path / "sluice"
    write_hook(other, "echo sluice 0.0.1\n")
    for name in HOOKS:
        hook_at(repo, name).write_text(hook_at(repo, name).read_text().replace(os.path.realpath(SLUICE), str(other)))
    _, checks = doctor(repo)
    assert "another version: sluice 0.0.1" in checks["hook-pre-push"]["what"]


def test_doctor_sees_a_shadowed_hook(repo):
    install(repo)
    repo.git("config", "core.hooksPath", "elsewhere")
    code, checks = doctor(repo)
    assert code == 1 and "shadowed" in checks["hook-pre-commit"]["what"]


def test_doctor_follows_hook_managers(repo):
    write_hook(hook_at(repo, "pre-commit"), "# File generated by pre-commit: https://pre-commit.com\n")
    _, checks = doctor(repo)
    assert not checks["hook-pre-commit"]["healthy"]
    repo.write(".pre-commit-config.yaml", "repos: [{repo: local, hooks: [{id: sluice}]}]\n")
    _, checks = doctor(repo)
    assert checks["hook-pre-commit"]["healthy"]


def test_doctor_sees_a_shallow_clone(repo, tmp_path):
    repo.add_commit("a.txt", "a\n")
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.path}", str(tmp_path / "shallow"))
    code, checks = doctor(repo, cwd=tmp_path / "shallow")
    assert code == 1 and "--unshallow" in checks["shallow"]["remedy"]


def test_doctor_outside_a_repository_is_an_error(tmp_path):
    run = sluice("doctor", cwd=tmp_path)
    assert run.code == 2 and not run.out
