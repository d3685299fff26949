"""The steps of the GitHub action, as a runner would start them."""
import os
import pathlib
import re
import subprocess

import pytest
import yaml

from sluice_repo import GIT_ENV, SLUICE, token

ROOT = pathlib.Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())


def step(repo, tmp_path, name, **variables):
    outputs = tmp_path / "outputs"
    outputs.write_text("")
    run = subprocess.run([ROOT / "tools/action", name], cwd=repo.path, capture_output=True,
                         env={**GIT_ENV, "GITHUB_OUTPUT": str(outputs), **variables})
    return run, dict(line.split("=", 1) for line in outputs.read_text().splitlines())


def run_action(repo, tmp_path, **variables):
    usual = {"SLUICE_BINARY": os.path.abspath(SLUICE), "SLUICE_ARGS": "range HEAD~1..HEAD"}
    return step(repo, tmp_path, "run", **{**usual, **variables})


def test_the_exit_code_and_the_report_are_outputs(repo, tmp_path):
    repo.add_commit("a.txt", f"token = {token(1)}\n")
    run, outputs = run_action(repo, tmp_path, SLUICE_SARIF="report.sarif")
    assert run.returncode == 1 and outputs["exit-code"] == "1", run
    assert outputs["report"] == str(repo.path / "report.sarif")
    assert token(1) not in (repo.path / "report.sarif").read_text()
    assert token(1).encode() not in run.stdout + run.stderr


def test_a_report_that_was_not_written_is_not_named(repo, tmp_path):
    (repo.path / "report.sarif").write_text("left over\n")
    run, outputs = step(repo, tmp_path, "run", SLUICE_BINARY=os.path.abspath(SLUICE), SLUICE_ARGS="ci",
                        SLUICE_SARIF="report.sarif")
    assert run.returncode == 2 and outputs == {"exit-code": "2"}, run


def test_inputs_are_words_and_never_code(repo, tmp_path):
    repo.add_commit("a.txt", "clean\n")
    hostile = "$(touch owned) `touch owned` ; touch owned #"
    for name in ("SLUICE_ARGS", "SLUICE_POLICY", "SLUICE_FORMAT", "SLUICE_SARIF"):
        run_action(repo, tmp_path, **{name: hostile})
    assert not (repo.path / "owned").exists()


def test_a_given_binary_is_used_and_a_missing_one_is_an_error(repo, tmp_path):
    run, outputs = step(repo, tmp_path, "get", GIVEN=os.path.abspath(SLUICE))
    assert run.returncode == 0 and outputs["binary"] == os.path.realpath(SLUICE)
    assert step(repo, tmp_path, "get", GIVEN="/nowhere/sluice")[0].returncode == 2


@pytest.mark.parametrize("file", ["action.yml", ".github/workflows/ci.yml", ".github/workflows/sluice.yml"])
def test_nothing_is_interpolated_into_a_script_and_actions_are_pinned(file):
    document = yaml.safe_load((ROOT / file).read_text())
    jobs = document["jobs"].values() if "jobs" in document else [document["runs"]]
    for job in jobs:
        for one in job["steps"]:
            assert "${{" not in one.get("run", ""), one
            uses = one.get("uses", "./")
            assert uses == "./" or re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", uses), uses
    if "jobs" in document:
        assert document["permissions"] == {"contents": "read"}


def test_every_input_of_the_action_reaches_its_steps():
    text = (ROOT / "action.yml").read_text()
    for name in ACTION["inputs"]:
        assert "${{ inputs.%s }}" % name in text, name
