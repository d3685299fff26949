"""The hooks as the real pre-commit framework runs them."""
import os
import pathlib
import shutil
import subprocess

import pytest

from sluice_repo import GIT_ENV, SLUICE, Repo, token

ROOT = pathlib.Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(not os.path.exists("/usr/bin/pre-commit"), reason="tools/setup test installs it")


@pytest.fixture
def hooks(tmp_path):
    """A repository that offers sluice's hooks, as the checkout of a release would, already built."""
    offered = Repo(tmp_path / "sluice")
    (offered.path / "hooks").mkdir()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", offered.path)
    shutil.copy(ROOT / "hooks/run-sluice", offered.path / "hooks")
    (offered.path / "build").mkdir()
    os.symlink(os.path.abspath(SLUICE), offered.path / "build/sluice")
    (tmp_path / "bin").mkdir()
    os.symlink(os.path.abspath(SLUICE), tmp_path / "bin/sluice")
    offered.git("add", "-A", "-f")
    offered.commit("release")
    offered.git("tag", "v1")
    offered.env = {**GIT_ENV, "HOME": str(tmp_path), "PRE_COMMIT_HOME": str(tmp_path / "cache"),
                   "PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin",
                   "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "protocol.file.allow",
                   "GIT_CONFIG_VALUE_0": "always"}
    return offered


def adopt(repo, hooks, suffix):
    ids = "".join(f"      - id: {name}{suffix}\n" for name in ("sluice", "sluice-commit-msg", "sluice-pre-push"))
    repo.write(".pre-commit-config.yaml", f"repos:\n  - repo: {hooks.path}\n    rev: v1\n    hooks:\n{ids}")
    repo.git("add", "-A")
    repo.commit("adopt")
    types = [word for kind in ("pre-commit", "commit-msg", "pre-push") for word in ("-t", kind)]
    done = run(repo, hooks, "/usr/bin/pre-commit", "install", *types)
    assert done.returncode == 0, done


def run(repo, hooks, *command):
    return subprocess.run(command, cwd=repo.path, env=hooks.env, capture_output=True)


def commit(repo, hooks, message="change"):
    return run(repo, hooks, "git", "commit", "-q", "-m", message)


@pytest.mark.parametrize("suffix", ["", "-system"])
def test_a_commit_a_message_and_a_push_are_stopped(repo, hooks, tmp_path, suffix):
    adopt(repo, hooks, suffix)
    repo.write("a.txt", f"token = {token(1)}\n")
    repo.git("add", "a.txt")
    stopped = commit(repo, hooks)
    assert stopped.returncode != 0 and b"a.txt" in stopped.stdout + stopped.stderr, stopped
    repo.write("a.txt", "clean\n")
    repo.git("add", "a.txt")
    assert commit(repo, hooks, f"use {token(2)}").returncode != 0
    done = commit(repo, hooks, "clean")
    assert done.returncode == 0, done

    remote = Repo(tmp_path / "remote", bare=True)
    repo.git("remote", "add", "origin", str(remote.path))
    done = run(repo, hooks, "git", "push", "-q", "origin", "main")
    assert done.returncode == 0, done
    repo.add_commit("b.txt", f"token = {token(3)}\n")  # past the hooks
    repo.add_commit("b.txt", "gone from the newest tree\n")
    stopped = run(repo, hooks, "git", "push", "-q", "origin", "main")
    assert stopped.returncode != 0 and b"b.txt" in stopped.stdout + stopped.stderr, stopped
    stopped = run(repo, hooks, "git", "push", "-q", "origin", "main:other")
    assert stopped.returncode != 0 and b"b.txt" in stopped.stdout + stopped.stderr, stopped


def test_all_files_and_named_files_are_really_scanned(repo, hooks):
    repo.write("a.txt", f"token = {token(1)}\n")
    repo.write("b.txt", "clean\n")
    adopt(repo, hooks, "-system")
    everything = run(repo, hooks, "/usr/bin/pre-commit", "run", "--all-files")
    assert everything.returncode != 0 and b"a.txt" in everything.stdout, everything
    assert run(repo, hooks, "/usr/bin/pre-commit", "run", "--files", "a.txt").returncode != 0
    assert run(repo, hooks, "/usr/bin/pre-commit", "run", "--files", "b.txt").returncode == 0
    repo.write("-odd name.txt", f"token = {token(2)}\n")  # not even tracked
    assert run(repo, hooks, "/usr/bin/pre-commit", "run", "--files", "-odd name.txt").returncode != 0


def test_old_lines_of_a_file_do_not_stop_its_next_commit(repo, hooks):
    repo.write("a.txt", f"token = {token(1)}\n")
    adopt(repo, hooks, "-system")
    repo.write("a.txt", f"token = {token(1)}\nmore\n")
    repo.git("add", "a.txt")
    done = commit(repo, hooks)
    assert done.returncode == 0, done


def test_a_range_by_hand(repo, hooks):
    adopt(repo, hooks, "-system")
    repo.add_commit("a.txt", f"token = {token(1)}\n")
    repo.add_commit("a.txt", "gone\n")
    done = run(repo, hooks, "/usr/bin/pre-commit", "run", "--hook-stage", "push", "--from-ref", "HEAD~2",
               "--to-ref", "HEAD")
    assert done.returncode != 0 and b"a.txt" in done.stdout, done


def test_the_bare_ids_build_once_and_say_when_they_cannot(repo, hooks):
    os.unlink(hooks.path / "build/sluice")
    (hooks.path / "CMakeLists.txt").write_text("message(FATAL_ERROR \"no library\")\n")
    failed = run(repo, hooks, hooks.path / "hooks/run-sluice", "--version")
    assert failed.returncode != 0 and b"nothing was checked" in failed.stderr, failed
    (hooks.path / "CMakeLists.txt").write_text(
        "cmake_minimum_required(VERSION 3.16)\nproject(fake NONE)\n"
        "add_custom_target(sluice COMMAND mkdir -p src COMMAND cp ${CMAKE_SOURCE_DIR}/fake src/sluice)\n")
    (hooks.path / "fake").write_text('#!/bin/sh\necho "ran with $*"\n')
    (hooks.path / "fake").chmod(0o755)
    built = run(repo, hooks, hooks.path / "hooks/run-sluice", "a", "b c")
    assert built.returncode == 0 and built.stdout == b"ran with a b c\n", built
    assert os.listdir(hooks.path / "build") == ["sluice"]
    again = run(repo, hooks, hooks.path / "hooks/run-sluice")
    assert again.returncode == 0 and b"building" not in again.stderr
