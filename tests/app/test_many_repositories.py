"""One run over many repositories: one report, a failure in one is no end of all, and it can be resumed."""
import json
import os
import pathlib
import re
import signal
import subprocess
import time

import jsonschema
import pytest

from sluice_repo import GIT_ENV, SLUICE, Repo, sluice, token

ROOT = pathlib.Path(__file__).resolve().parents[2]


def masked(text):
    return re.sub(rb'"seconds": [0-9.e+-]+', b'"seconds": 0', text)


@pytest.fixture
def three(tmp_path):
    for name in "abc":
        repo = Repo(tmp_path / name)
        repo.add_commit("f.txt", f"name = {name}\ntoken = {token(name)}\n")
    return tmp_path


def history(where, *args, stdin=b""):
    return sluice("history", *args, "-f", "json", cwd=where, stdin=stdin)


def found(run):
    return sorted((f["repository"], f["path"]) for f in run.secrets())


def test_every_finding_names_its_repository(three):
    run = history(three, "a", "b", "c")
    assert run.code == 1
    assert found(run) == [(name, "f.txt") for name in "abc"]
    assert run.report["scope"]["repositories"] == ["a", "b", "c"]
    jsonschema.validate(run.report, json.loads((ROOT / "docs/report.schema.json").read_text()))


def test_each_repository_reads_as_it_does_alone(three):
    together = history(three, "a", "b", "c").report
    for name in "abc":
        alone = history(three / name).report["findings"]
        ours = [{k: v for k, v in f.items() if k != "repository"}
                for f in together["findings"] if f["repository"] == name]
        assert ours == alone
    assert together["scope"]["commits"] == sum(history(three / n).report["scope"]["commits"] for n in "abc")


def test_the_list_and_the_number_of_threads_do_not_matter(three):
    expected = masked(history(three, "a", "b", "c").out)
    (three / "list").write_text("# all of them\na\n\nb\n  c  \n./a\n")
    assert masked(history(three, "--repos", "list").out) == expected
    assert masked(history(three, "--repos", "-", stdin=b"a\nb\nc\n").out) == expected
    for jobs in "1", "7":
        assert masked(history(three, "a", "b", "c", "-j", jobs).out) == expected


@pytest.mark.parametrize("form", ["text", "sarif", "junit", "csv", "github", "markdown", "html"])
def test_every_format_names_the_repository(three, form):
    run = sluice("history", three / "a", three / "b", "-f", form)
    for name in "ab":
        assert str(three / name).encode() in run.out.replace(b"\\_", b"_").replace(b"\\-", b"-"), form
    if form == "sarif":
        log = run.report["runs"][0]
        bases = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uriBaseId"] for r in log["results"]}
        assert bases == set(log["originalUriBaseIds"]) and len(bases) == 2
        assert {p["mappedTo"]["uriBaseId"] for p in log["versionControlProvenance"]} == bases
        jsonschema.validate(run.report, json.loads((ROOT / "tests/report/schemas/sarif-2.1.0.json").read_text()))


def test_a_repository_that_fails_is_a_problem_and_the_others_are_audited(three):
    (three / "none").mkdir()
    (three / "a" / "inside").mkdir()
    (three / "bad").mkdir()
    (three / "c" / ".sluice.yaml").write_text("nonsense: 1\n")
    run = history(three, "a", "none", "a/inside", "missing", "b", "c")
    assert run.code == 2
    assert found(run) == [("a", "f.txt"), ("b", "f.txt")]
    for name in "none", "a/inside", "missing", "c":
        assert any(re.match(rf"{name}(:|$)", p["where"]) for p in run.report["problems"]), (name, run)


def test_each_repository_has_its_own_policy_unless_one_is_given(three):
    allow = "version: 1\nallow:\n  - {paths: [f.txt], reason: example}\n"
    repo = Repo.__new__(Repo)
    repo.path, repo.clock = three / "a", 1_800_000_000
    repo.add_commit(".sluice.yaml", allow)
    assert found(history(three, "a", "b")) == [("b", "f.txt")]
    (three / "policy.yaml").write_text(allow + "  - {paths: [only-in-b.txt], reason: needed by one}\n"
                                       "  - {paths: [nowhere.txt], reason: needed by none}\n")
    repo.path = three / "b"
    repo.add_commit("only-in-b.txt", f"token = {token('b2')}\n")
    run = history(three, "a", "b", "-c", "policy.yaml")
    assert found(run) == []
    [note] = run.report["notes"]
    assert "policy.yaml:5" in note, "what one repository needs is not stale"


def test_what_is_finished_is_kept_and_taken_when_nothing_changed(three):
    first = history(three, "a", "b", "--resume", "kept")
    files = {p: p.stat().st_mtime_ns for p in (three / "kept").iterdir()}
    assert len(files) == 2
    again = history(three, "a", "b", "--resume", "kept")
    assert masked(again.out) == masked(first.out)
    assert {p: p.stat().st_mtime_ns for p in (three / "kept").iterdir()} == files
    for file in files:
        assert token("a") not in file.read_text() and token("b") not in file.read_text()

    repo = Repo.__new__(Repo)
    repo.path, repo.clock = three / "b", 1_800_000_000
    repo.add_commit("late.txt", f"token = {token('late')}\n")
    changed = history(three, "a", "b", "--resume", "kept")
    assert found(changed) == [("a", "f.txt"), ("b", "f.txt"), ("b", "late.txt")]
    after = {p: p.stat().st_mtime_ns for p in (three / "kept").iterdir()}
    assert sum(after[p] != files[p] for p in files) == 1, "only the one that changed is done again"

    other_rules = history(three, "a", "b", "--resume", "kept", "--disable", "github-personal-access-token")
    assert other_rules.secrets() == []


@pytest.mark.parametrize("damage", [lambda text: text[:-20], lambda text: text.replace('"critical"', '"low"'),
                                    lambda text: "", lambda text: text.replace("sluice-kept-report/1", "x")])
def test_a_damaged_report_is_made_again(three, damage):
    first = history(three, "a", "b", "--resume", "kept")
    victim = next(p for p in (three / "kept").iterdir() if "critical" in p.read_text())
    text = victim.read_text()
    victim.write_text(damage(text))
    assert victim.read_text() != text
    run = history(three, "a", "b", "--resume", "kept")
    assert run.report["findings"] == first.report["findings"]
    [note] = run.report["notes"]
    assert victim.name in note and "damaged" in note
    assert victim.read_text().split("\n", 1)[1] == text.split("\n", 1)[1] or "seconds" in text


def test_what_failed_is_not_kept(three):
    (three / "none").mkdir()
    run = history(three, "a", "none", "--resume", "kept")
    assert run.code == 2 and len(list((three / "kept").iterdir())) == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_leaves_what_is_finished(three, number):
    big = Repo(three / "big", bare=True)
    stream = []
    for i in range(6000):
        text = "".join(f"line {i * j % 977} password token key secret\n" for j in range(300))
        stream.append(f"blob\nmark :{i + 1}\ndata {len(text)}\n{text}\n")
    big.git("-c", "core.compression=0", "-c", "fastimport.unpackLimit=0", "fast-import", "--quiet", "--depth=0",
            stdin="".join(stream))
    process = subprocess.Popen([SLUICE, "history", "a", "b", "big", "-j", "2", "--resume", "kept", "-f", "json"],
                               cwd=three, env=GIT_ENV, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    kept = three / "kept"
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until and not kept.exists():
        time.sleep(0.001)
    os.kill(process.pid, number)
    out, _ = process.communicate(timeout=60)
    assert process.returncode in (1, 2), "2 unless all was done before the signal came"
    if process.returncode == 2:
        assert "interrupted" in json.dumps(json.loads(out)["problems"])
    whole = history(three, "a", "b", "big", "--resume", "kept")
    assert whole.code == 1 and found(whole) == [("a", "f.txt"), ("b", "f.txt")]


def test_what_cannot_be_done_is_refused(three):
    (three / "empty").write_text("# nothing\n")
    for args, says in [(["a", "--shard", "1/2"], "a shard is a part of one repository"),
                       (["a", "--no-redact"], "hold no secret"), (["--repos", "empty"], "no repository is named"),
                       (["--repos", "gone"], "gone"), (["a", "--resume", "empty"], "kept reports")]:
        run = history(three, *args)
        assert run.code == 2 and says in run.err.decode(), run


def test_one_repository_needs_no_name(three):
    run = history(three, "a")
    alone = history(three / "a")
    assert masked(run.out) == masked(alone.out)
