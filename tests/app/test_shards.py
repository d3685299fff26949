"""A history in shards, joined again: the same report, byte for byte, whatever decides about findings."""
import json
import pathlib
import re
import shutil

import jsonschema
import pytest

from sluice_repo import Repo, sluice, token

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs/report.schema.json").read_text())


def masked(text):
    return re.sub(rb'"seconds": [0-9.e+-]+', b'"seconds": 0', text)


def grow(repo):
    """One secret in many versions and paths, allow comments, messages, what is unreachable, loose, bytes that
    are no text, a .env and a configuration that does not merge."""
    shared = token("shared")
    allowed = token("allowed")
    repo.write("config/config_base.yaml", "a: 1\n")
    repo.write("config/config_prod.yaml", "b: 2\n")
    for step in range(40):
        lines = [f"line {step * line}" for line in range(60)]
        lines.insert(step % 50, f"token = {shared}")
        if step % 7 == 0:
            lines.append(f"other = {token(('own', step))}")
        repo.write(f"d{step % 5}/file{step % 9}.txt", "\n".join(lines))
        comment = "  # sluice:allow github-personal-access-token made for the tests" if step % 3 else ""
        repo.write("allowed.txt", f"{'x' * step}\nkey = {allowed}{comment}\n")
        if step % 4 == 0:
            repo.write("copy.txt", f"{step}\nkey = {allowed}\n")
        repo.write(b"name-\xff.txt", b"caf\xe9 " + token(("bytes", step % 3)).encode() + b" \xff\n")
        repo.git("add", "-A")
        repo.commit(f"step {step}" + (f" with {token('message')}" if step % 11 == 0 else ""))
    repo.git("switch", "-q", "-c", "lost")
    repo.add_commit("lost.txt", f"token = {token('lost')}\n")
    repo.add_commit(".env.production", "PASSWORD=x\n", "an env file")
    repo.git("switch", "-q", "main")
    repo.git("branch", "-q", "-D", "lost")
    repo.git("reflog", "expire", "--expire=now", "--all")


@pytest.fixture(scope="module", params=["loose", "packed", "several packs"])
def repo(request, tmp_path_factory):
    repo = Repo(tmp_path_factory.mktemp("shards") / "repo")
    grow(repo)
    if request.param == "several packs":
        repo.git("repack", "-q", "-d")
        repo.add_commit("late.txt", f"token = {token('shared')}\nmore\n")
        repo.git("repack", "-q")
    elif request.param == "packed":
        repo.git("repack", "-q", "-a", "-d", "-k", "-f", "--depth=50")
    return repo


def shards(repo, folder, count, *extra, ending="json"):
    files = []
    for number in range(1, count + 1):
        file = folder / f"shard-{number}-of-{count}.{ending}"
        run = repo.text("history", "--shard", f"{number}/{count}", "-o", file, *extra)
        assert file.exists(), run
        files.append(file)
    return files


def merge(*files, form="json", code=None):
    run = sluice("report", "merge", *files, "-f", form)
    assert code is None or run.code == code, run
    return run


@pytest.mark.parametrize("count", [1, 2, 5, 16])
def test_the_joined_report_is_the_whole_one(repo, tmp_path, count):
    whole = repo.text("history", "-f", "json")
    assert whole.code == 1 and len(whole.report["findings"]) > 10
    files = shards(repo, tmp_path, count)
    joined = merge(*reversed(files))
    assert masked(joined.out) == masked(whole.out)
    assert joined.code == whole.code
    for file in files:
        jsonschema.validate(json.loads(file.read_text()), SCHEMA)


@pytest.mark.parametrize("form", ["text", "sarif", "junit", "csv", "github", "markdown", "html"])
def test_every_format_is_the_whole_ones(repo, tmp_path, form):
    def without_time(run):
        text = masked(run.out).replace(b'"seconds":', b'"seconds": ')
        text = re.sub(rb'"seconds": +[0-9.e+-]+', b"", text)
        return re.sub(rb"\b[0-9.]+ s\b|[0-9]+ min [0-9]+ s|time=\"[0-9.]+\"", b"TIME", text)

    whole = repo.text("history", "-f", form)
    joined = merge(*shards(repo, tmp_path, 3), form=form)
    assert without_time(joined) == without_time(whole)


def test_policy_baseline_and_since_decide_about_the_whole(repo, tmp_path):
    (tmp_path / "baseline").write_bytes(b"# sluice-baseline/1\n" + b"0" * 32 + b" gone -\n")
    policy = tmp_path / "policy.yaml"
    policy.write_text("""version: 1
allow:
  - {rule: github-personal-access-token, paths: [d1/], reason: only there and so not for what is elsewhere}
  - {rule: github-personal-access-token, paths: ["d*/", late.txt], reason: anywhere below}
  - {paths: [nowhere/], reason: stale}
  - {paths: [copy.txt], reason: was so once, expires: 2020-01-01}
severity: {ENV003: low}
""")
    extra = ["-c", policy, "-b", tmp_path / "baseline", "--since", "2023-11-14T22:50:00Z", "--severity", "low"]
    whole = repo.text("history", "-f", "json", *extra)
    joined = merge(*shards(repo, tmp_path, 4, *extra))
    assert masked(joined.out) == masked(whole.out)
    notes = " ".join(joined.report["notes"])
    assert "matches nothing" in notes and "expired" in notes, "what is stale is told, and only once all are joined"
    assert any(f["suppressed"] and f["suppressed"]["by"] == "policy" for f in joined.report["findings"])


def test_no_shard_holds_a_secret(repo, tmp_path):
    for file in shards(repo, tmp_path, 2) + shards(repo, tmp_path, 2, ending="sarif"):
        text = file.read_text()
        for seed in ["shared", "allowed", "message", "lost", ("bytes", 1), ("own", 7)]:
            assert token(seed) not in text
    run = repo.text("history", "--shard", "1/2", "--no-redact")
    assert run.code == 2 and b"no secret" in run.err


def test_sarif_of_shards_can_be_joined_too(repo, tmp_path):
    whole = repo.text("history", "-f", "json")
    joined = merge(*shards(repo, tmp_path, 3, ending="sarif"))
    assert masked(joined.out) == masked(whole.out)


def test_shards_that_do_not_belong_together_are_refused(repo, tmp_path):
    files = shards(repo, tmp_path, 3)

    def refused(*names, says):
        run = merge(*names, code=2)
        assert says in run.err.decode() and not run.out, run

    refused(files[0], files[2], says="shard 2/3 is missing")
    refused(files[1], says="shards 1/3, 3/3 are missing")
    refused(files[0], files[1], files[1], files[2], says="shard 2/3 is given twice")
    other = tmp_path / "other"
    other.mkdir()
    refused(files[0], files[1], shards(repo, other, 4)[2], says="the number of shards")
    refused(files[0], files[1], shards(repo, other, 3, "--disable", "ENV003")[2], says="differ in")
    refused(files[0], files[1], shards(repo, other, 3, "--severity", "high")[2], says="the policy")
    whole = tmp_path / "whole.json"
    repo.text("history", "-o", whole)
    refused(files[0], whole, says="whole report")
    changed = tmp_path / "changed"
    shutil.copytree(repo.path, changed)
    later = Repo.__new__(Repo)
    later.path, later.clock = changed, repo.clock
    later.git("update-ref", "refs/heads/more", "main~1")
    refused(files[0], files[1], shards(later, other, 3)[2], says="the state of the repository")
    document = json.loads(files[2].read_text())
    document["tool"]["version"] = "0.0.1"
    (tmp_path / "old.json").write_text(json.dumps(document))
    refused(files[0], files[1], tmp_path / "old.json", says="the version of sluice")


@pytest.mark.parametrize("text, says", [
    ("", "no JSON"), ("{\n  \"schema\": oops", "broken.json:2:"), ("[]", "names no schema"), ("{}", "names no schema"),
    ('{"schema": "sluice-report/9"}', "sluice-report/9"), ('{"schema": 7}', "broken.json: /schema"),
    ('{"schema": "sluice-report/1"}', "'tool' is missing"), ('{"runs": [{}]}', "SARIF"), ('{"runs": []}', "no run"),
    ("[" * 100_000, "no JSON"), ("\x00\xff", "no JSON")])
def test_what_is_no_report_is_named_with_its_place(tmp_path, text, says):
    (tmp_path / "broken.json").write_text(text)
    run = merge(tmp_path / "broken.json", code=2)
    assert says in run.err.decode(), run


# What a report may hold does not depend on how the repository stores its objects.
@pytest.mark.parametrize("repo", ["packed"], indirect=True)
def test_every_member_is_checked(repo, tmp_path):
    file = shards(repo, tmp_path, 1)[0]
    good = json.loads(file.read_text())

    def faults(node, place):
        """Each document that differs from the good one in one value of another kind."""
        for key in list(node) if isinstance(node, dict) else range(min(len(node), 1)):
            value = node[key]
            where = f"{place}/{key}"
            if isinstance(value, (dict, list)) and value:
                yield from faults(value, where)
            node[key] = {"unexpected": 1} if not isinstance(value, dict) else 7
            yield where
            node[key] = value

    wrong = 0
    for where in faults(good, ""):
        (tmp_path / "bad.json").write_text(json.dumps(good))
        run = merge(tmp_path / "bad.json")
        assert run.code == 2 or where.startswith("/tool/name"), where
        wrong += 1
    assert wrong > 60


def test_reports_that_are_no_shards_are_laid_side_by_side(tmp_path):
    for name in "ab":
        repo = Repo(tmp_path / name)
        repo.add_commit("f.txt", f"token = {token(name)}\n")
        repo.text("history", "-o", tmp_path / f"{name}.json")
    run = merge(tmp_path / "a.json", tmp_path / "b.json", tmp_path / "a.json", code=1)
    assert len(run.secrets()) == 2, "what both files say is said once"
    jsonschema.validate(run.report, SCHEMA)
    alone = merge(tmp_path / "a.json", code=1)
    assert masked(alone.out) == masked((tmp_path / "a.json").read_bytes())
    assert sluice("report", "merge", tmp_path / "a.json", "--exit-code", "0").code == 0


@pytest.mark.parametrize("shard", ["", "0/2", "3/2", "1", "1/", "/2", "a/b", "1/2x", "-1/2", "1/99999999999"])
def test_a_shard_that_is_none_is_refused(tmp_path, shard):
    repo = Repo(tmp_path / "repo")
    assert repo.text("history", f"--shard={shard}").code == 2


def test_more_shards_than_objects(tmp_path):
    repo = Repo(tmp_path / "repo")
    repo.add_commit("f.txt", f"token = {token(1)}\n")
    whole = repo.text("history", "-f", "json")
    assert masked(merge(*shards(repo, tmp_path, 40)).out) == masked(whole.out)


def test_problems_are_told_once_and_none_is_lost(tmp_path):
    repo = Repo(tmp_path / "repo")
    for step in range(6):
        repo.add_commit("f.txt", f"{step}\ntoken = {token(step)}\n")
    broken = repo.git("rev-parse", "HEAD~3:f.txt")
    path = repo.path / ".git/objects" / broken[:2] / broken[2:]
    path.chmod(0o644)
    path.write_bytes(b"damaged")
    (repo.path / ".git/objects/pack").mkdir(exist_ok=True)
    (repo.path / ".git/objects/pack/pack-x.pack").write_bytes(b"PACK")
    whole = repo.text("history", "-f", "json")
    assert whole.code == 2 and len(whole.report["problems"]) >= 2
    joined = merge(*shards(repo, tmp_path, 5), code=2)
    assert masked(joined.out) == masked(whole.out)
