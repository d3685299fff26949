"""What may be allowed, how, and that it does not hide anything else."""
import re

from sluice_repo import token

RULE = "github-personal-access-token"


def line(seed, comment=""):
    return f"token = {token(seed)}{comment}\n"


def stage(repo, content, name="a.txt"):
    repo.write(name, content)
    repo.git("add", "-A")


def suppressed(run):
    return [f["suppressed"] for f in run.report["findings"] if f["suppressed"]]


def test_comment_on_the_line_and_above(repo):
    stage(repo, line(1, f"  # sluice:allow {RULE} test fixture") + f"# sluice:allow {RULE} above\n" + line(2))
    run = repo.sluice("staged")
    assert run.code == 0, run
    assert sorted(s["reason"] for s in suppressed(run)) == ["above", "test fixture"]


def test_comment_of_another_rule_or_without_reason_allows_nothing(repo):
    stage(repo, line(1, "  # sluice:allow other-rule why") + "\n" + line(2, f"  # sluice:allow {RULE}"))
    assert len(repo.sluice("staged").secrets()) == 2


def test_policy_entry_by_fingerprint_follows_the_secret_not_the_line(repo):
    stage(repo, line(1))
    [finding] = repo.sluice("staged").secrets()
    policy = f"allow:\n  - fingerprint: {finding['fingerprint']}\n    reason: known\n"
    stage(repo, policy, ".sluice.yaml")
    stage(repo, "moved\n\n" + line(1))
    assert repo.sluice("staged").code == 0
    stage(repo, "moved\n\n" + line(2))
    assert repo.sluice("staged").code == 1, "a new secret on an allowed line is still found"


def test_policy_entry_expires(repo):
    stage(repo, line(1))
    stage(repo, "allow:\n  - rule: " + RULE + "\n    reason: old\n    expires: 2020-01-31\n", ".sluice.yaml")
    run = repo.sluice("staged")
    assert run.code == 1
    assert any("expired on 2020-01-31" in note for note in run.report["notes"])


def test_stale_entries_are_told(repo):
    repo.add_commit(".sluice.yaml", "allow:\n  - paths: [gone/]\n    reason: was needed\n")
    run = repo.sluice("history")
    assert run.code == 0, run
    assert any("matches nothing any more" in note for note in run.report["notes"])


def test_baseline(repo):
    repo.add_commit("a.txt", line(1))
    assert repo.sluice("history").code == 1
    assert repo.text("baseline", "write", "-b", "base").code == 0
    text = (repo.path / "base").read_text()
    entries = text.splitlines()[1:]
    assert entries == sorted(entries)
    assert all(re.fullmatch(r"[0-9a-f]{32} [A-Za-z0-9-]+ \S+", entry) for entry in entries)
    assert token(1) not in text
    assert repo.sluice("history", "-b", "base").code == 0
    assert repo.text("baseline", "check", "-b", "base").code == 0
    repo.add_commit("a.txt", line(2))
    run = repo.sluice("history", "-b", "base")
    assert run.code == 1 and len(run.secrets()) == 1, run


def test_comment_speaks_for_older_versions_of_its_file(repo):
    repo.add_commit("a.txt", line(1))
    repo.add_commit("a.txt", line(1, f"  # sluice:allow {RULE} rotated"))
    assert repo.sluice("history").code == 0
    repo.add_commit("b.txt", line(1))
    assert repo.sluice("history").code == 1, "another file is another matter"


def test_own_rules_and_their_faults(repo):
    own = ("rules:\n  - id: acme-token\n    title: Acme token\n    severity: high\n    keywords: [acme_]\n"
           "    pattern: 'acme_[0-9a-f]{16}'\n    remedy: Revoke it.\n"
           "    match: ['acme_{{hex:16}}']\n    no_match: ['acme_{{hex:4}}']\n")
    repo.add_commit(".sluice.yaml", own)
    stage(repo, "x = acme_" + "0123456789abcdef"[::-1].replace("0", "7") + "\n")
    assert repo.text("rules", "test").code == 0
    assert "acme-token" in repo.text("rules", "list").out.decode()
    stage(repo, own.replace("pattern:", "patern:"), ".sluice.yaml")
    run = repo.sluice("staged")
    assert run.code == 2
    assert b".sluice.yaml:6:5" in run.err and b"did you mean 'pattern'" in run.err


def test_severity_and_disable(repo):
    stage(repo, line(1))
    assert repo.sluice("staged", "--disable", RULE).code in (0, 1)
    assert RULE not in repo.sluice("staged", "--disable", RULE).rules()
    assert repo.sluice("staged", "--enable", RULE).rules() == [RULE]
    stage(repo, f"severity: {{{RULE}: low}}\n", ".sluice.yaml")
    assert repo.sluice("staged", "--severity", "medium").code == 0
    assert repo.sluice("staged", "--exit-code", "7").code == 7
