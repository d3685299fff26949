"""The workflow, the Kubernetes manifest and the recipe for mirrors: valid, and their own commands give the whole report."""
import copy
import json
import os
import pathlib
import re
import shutil
import subprocess

import jsonschema
import pytest
import yaml

from sluice_repo import GIT_ENV, SLUICE, Repo, sluice, token

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCALE = ROOT / "examples/scale"
JOB_SCHEMA = json.loads((ROOT / "tests/app/schemas/kubernetes-job.schema.json").read_text())
SHARDS = 4


def masked(text):
    return re.sub(rb'"seconds": [0-9.e+-]+', b'"seconds": 0', text)


def job():
    return yaml.safe_load((SCALE / "kubernetes-job.yaml").read_text())


def workflow():
    return yaml.safe_load((SCALE / "github-matrix.yml").read_text())


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    repo = Repo(tmp_path_factory.mktemp("source") / "big")
    for step in range(30):
        repo.add_commit(f"d{step % 4}/f.txt", f"{step}\n" * step + f"token = {token(step % 6)}\n")
    return repo


@pytest.fixture(scope="module")
def mirror(source, tmp_path_factory):
    folder = tmp_path_factory.mktemp("mirrors")
    shell([SCALE / "mirrors.sh", folder, source.path])
    return folder / "big.git"


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """A folder with the program under its own name, for PATH."""
    folder = tmp_path_factory.mktemp("bin")
    (folder / "sluice").symlink_to(pathlib.Path(SLUICE).resolve())
    return folder


def shell(command, cwd=None, env=None, codes=(0,)):
    run = subprocess.run([str(part) for part in command], cwd=cwd, env={**GIT_ENV, **(env or {})}, capture_output=True)
    assert run.returncode in codes, run
    return run


def whole(mirror):
    return masked(sluice("-C", mirror, "history", "-f", "json").out)


def test_the_manifest_is_a_job():
    jsonschema.validate(job(), JOB_SCHEMA)
    spec = job()["spec"]
    [container] = spec["template"]["spec"]["containers"]
    shards = {e["name"]: e["value"] for e in container["env"]}["SHARDS"]
    assert int(shards) == spec["completions"], "a shard for each index, and an index for each shard"
    volumes = {v["name"] for v in spec["template"]["spec"]["volumes"]}
    assert volumes == {m["name"] for m in container["volumeMounts"]}


@pytest.mark.parametrize("change", [
    lambda d: d["spec"].pop("completions"), lambda d: d["spec"].update(completion="Indexed"),
    lambda d: d["spec"]["template"]["spec"].update(restartPolicy="Always"),
    lambda d: d["spec"]["template"]["spec"]["containers"][0]["env"][0].update(value=16),
    lambda d: d.update(kind="CronJob"), lambda d: d["metadata"].update(name="Sluice_History")])
def test_the_schema_refuses_what_kubernetes_would(change):
    document = copy.deepcopy(job())
    change(document)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, JOB_SCHEMA)


def test_the_pods_commands_give_the_whole_report(mirror, program, tmp_path):
    [container] = job()["spec"]["template"]["spec"]["containers"]
    variables = {e["name"]: e["value"] for e in container["env"]}
    variables.update(SHARDS=str(SHARDS), MIRROR=str(mirror), REPORTS=str(tmp_path),
                     PATH=f"{program}:{os.environ['PATH']}")
    for index in range(SHARDS):
        shell(container["command"], env={**variables, "JOB_COMPLETION_INDEX": str(index)})
    joined = sluice("report", "merge", *tmp_path.glob("shard-*.json"), "-f", "json")
    assert masked(joined.out) == whole(mirror) and joined.code == 1


def test_the_workflow_is_one():
    document = workflow()
    assert set(document[True]) == {"workflow_dispatch", "schedule"}  # YAML 1.1 reads `on` as true
    jobs = document["jobs"]
    assert jobs["shard"]["needs"] == "plan" and set(jobs["join"]["needs"]) == {"plan", "shard"}
    for name, one in jobs.items():
        assert one["runs-on"] and one["timeout-minutes"], name
        for step in one["steps"]:
            assert ("run" in step) != ("uses" in step), (name, step)
            assert "${{" not in step.get("run", ""), "expressions reach a script by way of env alone"
    uploaded = {s["with"]["name"] for one in jobs.values() for s in one["steps"] if "upload-artifact" in s.get("uses", "")}
    assert uploaded == {"audit", "shard-${{ matrix.shard }}"}


@pytest.mark.skipif(not shutil.which("check-jsonschema"), reason="check-jsonschema is not installed")
def test_the_workflow_follows_githubs_schema():
    shell(["check-jsonschema", "--builtin-schema", "vendor.github-workflows", SCALE / "github-matrix.yml"],
          env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")})


def script(job_name, step_name):
    return next(s["run"] for s in workflow()["jobs"][job_name]["steps"] if s.get("name") == step_name)


@pytest.mark.skipif(not shutil.which("jq"), reason="jq is not installed")
def test_the_plan_numbers_the_shards(tmp_path):
    shell(["sh", "-e", "-c", script("plan", "Number the shards")],
          env={"SHARDS": str(SHARDS), "GITHUB_OUTPUT": str(tmp_path / "out")})
    assert (tmp_path / "out").read_text() == "shards=[1,2,3,4]\n"


def test_the_workflows_commands_give_the_whole_report(source, tmp_path):
    work = tmp_path / "plan"
    (work / "audit").mkdir(parents=True)
    shutil.copy(SLUICE, work / "audit/sluice")
    shell(["sh", "-e", "-c", script("plan", "Copy the repository once")], cwd=work, env={"SOURCE": str(source.path)})
    join = tmp_path / "join"
    join.mkdir()
    shutil.copy(work / "audit.tar", join)
    for number in range(1, SHARDS + 1):
        runner = tmp_path / f"runner-{number}"
        runner.mkdir()
        shutil.copy(work / "audit.tar", runner)
        shell(["sh", "-e", "-c", script("shard", "Audit")], cwd=runner,
              env={"SHARD": str(number), "SHARDS": str(SHARDS)})
        shutil.copy(runner / f"shard-{number}.json", join)
    summary = join / "step-summary"
    run = shell(["sh", "-e", "-c", script("join", "Join")], cwd=join, env={"GITHUB_STEP_SUMMARY": str(summary)}, codes=(1,))
    assert run.returncode == 1
    assert masked((join / "report.json").read_bytes()) == whole(work / "audit/mirror.git")
    assert "blocked" in summary.read_text() and json.loads((join / "report.sarif").read_text())["runs"][0]["results"]
    (join / "shard-2.json").unlink()
    lost = shell(["sh", "-e", "-c", script("join", "Join")], cwd=join, env={"GITHUB_STEP_SUMMARY": str(summary)}, codes=(2,))
    assert b"shard 2/4 is missing" in lost.stderr


def test_mirrors_are_made_fetched_and_shared(source, tmp_path):
    fork = tmp_path / "fork"
    shutil.copytree(source.path, fork)
    mirrors = tmp_path / "mirrors"
    shell([SCALE / "mirrors.sh", mirrors, source.path])
    shell([SCALE / "mirrors.sh", mirrors, fork], env={"ORIGIN": str(mirrors / "big.git")})
    assert (mirrors / "fork.git/objects/info/alternates").read_text().strip().startswith(str(mirrors))
    size = sum(p.stat().st_size for p in (mirrors / "fork.git/objects/pack").glob("*.pack"))
    assert size < sum(p.stat().st_size for p in (mirrors / "big.git/objects/pack").glob("*.pack")) / 2
    repo = Repo.__new__(Repo)
    repo.path, repo.clock = fork, 1_800_000_000
    repo.add_commit("later.txt", f"token = {token('later')}\n")
    shell([SCALE / "mirrors.sh", mirrors, fork])
    paths = {f["path"] for f in sluice("-C", mirrors / "fork.git", "history", "-f", "json").secrets()}
    assert "later.txt" in paths and len(paths) > 1
