"""The documents hold what the program does: commands, options, check ids, links, policy examples."""
import functools
import pathlib
import re
import shlex

import pytest

from hiding_places import PLACES
from sluice_repo import sluice

ROOT = pathlib.Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
DOCUMENTS = sorted([README, ROOT / "CONTRIBUTING.md", ROOT / "src/README.md", ROOT / "mlops/README.md",
                    *(ROOT / "docs").glob("*.md")])
POLICY_KEYS = {"version", "rules", "disable", "severity", "allow", "baseline", "max_blob_size", "config", "env", "secrets"}


def output(*args, **options):
    run = sluice(*args, **options)
    assert run.code == 0, run
    return run.out.decode()


@functools.lru_cache
def words():
    """What may follow each command, from the program's own completions."""
    script = output("completions", "bash", cwd=ROOT)
    return {name: found.split() for name, found in re.findall(r"'([a-z ]*)'\) words='([^']*)'", script)}


def commands():
    groups = {name.split()[0] for name in words() if " " in name}
    return [name for name in words() if name and name not in groups]


def blocks(path, language):
    """Fenced code blocks of a document: (line, text)."""
    for match in re.finditer(rf"^( *)```{language}\n(.*?)^ *```$", path.read_text(), re.MULTILINE | re.DOTALL):
        yield path.read_text()[:match.start()].count("\n") + 1, match.group(2)


def anchors(path):
    """The anchors of a document's headings, as GitHub makes them."""
    text = re.sub(r"^```.*?^```$", "", path.read_text(), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ +(.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def broken_links(path):
    text = re.sub(r"^ *```.*?^ *```$", "", path.read_text(), flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"`[^`\n]*`", "", text)
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (path.parent / name).resolve() if name else path
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)
    return broken


def sluice_lines(path):
    """Each `sluice ...` that a document shows, as a list of arguments."""
    for line, text in blocks(path, "console"):
        for shown in re.findall(r"^\$ (?:[^\s=]+/)?sluice (.+)$", text, re.MULTILINE):
            yield line, shlex.split(shown, comments=True)


def test_the_program_has_commands():
    assert len(commands()) >= 18, words()


@pytest.mark.parametrize("command", commands())
def test_command_is_in_the_table(command):
    assert re.search(rf"^\| `sluice {command}[ `]", README.read_text(), re.MULTILINE), command


def test_table_names_no_command_that_is_not_there():
    named = re.findall(r"^\| `sluice ([a-z ]+?)(?: [^a-z`][^`]*)?`", README.read_text(), re.MULTILINE)
    assert sorted(named) == sorted(commands())


@pytest.mark.parametrize("command", commands())
def test_help_shows_an_example_that_parses(command):
    text = output(*command.split(), "--help", cwd=ROOT)
    examples = re.findall(r"^ *Example: (.+)$", text, re.MULTILINE)
    assert examples, text
    assert any(f"sluice {command}" in example for example in examples), examples


def test_every_option_is_in_the_readme():
    text = README.read_text()
    options = {option for name in commands() for option in words()[name] if option.startswith("--")}
    elsewhere = {"--help", "--force", "--json", "--pre-push", "--pre-receive", "--verbose", "--quiet"}
    missing = sorted(option for option in options - elsewhere if not re.search(rf"`{option}[ `]", text))
    assert missing == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_resolve(path):
    assert broken_links(path) == []


def test_a_broken_link_is_noticed(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# A b\n[good](#a-b) [bad](#c) [gone](gone.md) `[code](x)`\n")
    assert broken_links(page) == ["#c", "gone.md"]


def test_every_check_is_documented():
    listed = output("rules", "list", cwd=ROOT)
    ids = re.findall(r"^([A-Z]{3}\d{3}) ", listed, re.MULTILINE)
    assert len(ids) >= 20
    text = (ROOT / "docs/config.md").read_text() + (ROOT / "docs/env.md").read_text() \
        + (ROOT / "docs/deploy.md").read_text()
    headings = re.findall(r"^#+ ([A-Z]{3}\d{3})\b", text, re.MULTILINE)
    assert sorted(ids) == sorted(headings), "a section for each check, and none for what is gone"


def test_named_rules_and_checks_are_there():
    known = set(re.findall(r"^(\S+) ", output("rules", "list", cwd=ROOT), re.MULTILINE))
    for path in DOCUMENTS:
        for name in re.findall(r"\b(?:CFG|ENV|SEC)\d{3}\b", path.read_text()):
            assert name in known, (path.name, name)


def policy_examples():
    for path in (README, ROOT / "docs/policy.md"):
        for line, text in blocks(path, "yaml"):
            keys = set(re.findall(r"^([a-z_]+):", text, re.MULTILINE))
            if keys and keys <= POLICY_KEYS and keys != {"rules"} or path.name == "policy.md":
                yield pytest.param(text, id=f"{path.name}:{line}")


@pytest.mark.parametrize("text", policy_examples())
def test_policy_examples_are_valid(tmp_path, text):
    (tmp_path / ".sluice.yaml").write_text(text)
    (tmp_path / ".sluice-baseline").write_text("# sluice-baseline/1\n")
    (tmp_path / "a.txt").write_text("nothing\n")
    output("dir", ".", cwd=tmp_path)
    if "\nrules:\n" in f"\n{text}":
        output("rules", "test", cwd=tmp_path)


def test_policy_keys_are_all_described():
    headings = set(re.findall(r"^### (\w+)$", (ROOT / "docs/policy.md").read_text(), re.MULTILINE))
    assert headings == POLICY_KEYS


def test_policy_keys_are_the_programs(tmp_path):
    (tmp_path / ".sluice.yaml").write_text("nonsense_key: 1\n")
    run = sluice("dir", ".", cwd=tmp_path)
    assert run.code == 2, run
    [known] = re.findall(r"known keys: (.+)", run.err.decode())
    assert set(known.split(", ")) == POLICY_KEYS


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_shown_command_lines_parse(path):
    for line, args in sluice_lines(path):
        name = " ".join(args[:2]) if " ".join(args[:2]) in words() else args[0]
        assert name in words(), (path.name, line, args)
        own = args[:args.index("--")] if "--" in args else args  # behind it another command begins
        for option in (arg for arg in own if arg.startswith("-")):
            assert option in words()[name], (path.name, line, option)


def test_formats_are_all_in_the_readme_and_in_reports():
    text = output("history", "--help", cwd=ROOT)
    names = re.search(r"Report format on standard output: ([a-z ]+)", text).group(1).split()
    assert len(names) >= 8
    reports = (ROOT / "docs/reports.md").read_text()
    for name in names:
        assert f"`{name}`" in README.read_text() and f"| `{name}` |" in reports, name


def test_make_targets_that_are_named_exist():
    makefile = (ROOT / "Makefile").read_text()
    for path in DOCUMENTS:
        for target in re.findall(r"(?:`|\$ )make ([a-z]+)", path.read_text()):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), (path.name, target)


def test_presets_that_are_named_exist():
    presets = (ROOT / "CMakePresets.json").read_text()
    table = re.findall(r"^\| `([a-z]+)` \|", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE)
    assert len(table) >= 6
    for name in table:
        assert f'"name": "{name}"' in presets, name


def test_pictures_are_pictures():
    svg = (ROOT / "docs/pictures/terminal.svg").read_text()
    assert svg.startswith("<svg") and "[secret, " in svg and "blocked" in svg
    assert (ROOT / "docs/pictures/report.png").read_bytes().startswith(b"\x89PNG")


def test_documents_hold_no_secret():
    names = [str(path.relative_to(ROOT)) for path in DOCUMENTS] + ["docs/pictures", "tools"]
    run = sluice("dir", *names, cwd=ROOT)
    assert run.code == 0, run


def hiding_table(path):
    return re.search(r"^\| place \|.*?(?=^(?!\|))", path.read_text(), re.MULTILINE | re.DOTALL).group(0)


def test_every_hiding_place_is_in_both_tables():
    table = hiding_table(README)
    assert table == hiding_table(ROOT / "docs/hiding-places.md"), "tools/hiding-places --write writes both"
    for place in PLACES:
        assert f"| {place.name} | ✓ |" in table, place.name
