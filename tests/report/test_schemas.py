"""Holds real output of each machine format against the schema of that format."""
import csv
import io
import json
import re
import shutil
import subprocess
import sys
import urllib.parse
import xml.etree.ElementTree as ElementTree

import jsonschema
import pytest

sys.path.insert(0, str(__import__("pathlib").Path(__file__).parent))
import samples  # noqa: E402

SARIF_SCHEMA = json.loads((samples.HERE / "schemas" / "sarif-2.1.0.json").read_text())
REPORT_SCHEMA = json.loads((samples.ROOT / "docs" / "report.schema.json").read_text())
SMALL = [case for case in samples.CASES if case != "many"]


def validate(document, schema):
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    errors = [f"{list(e.absolute_path)}: {e.message[:200]}" for e in validator(schema).iter_errors(document)]
    assert not errors, errors[:5]


@pytest.mark.parametrize("case", SMALL)
def test_json_follows_its_schema(case):
    validate(json.loads(samples.read(case, "json")), REPORT_SCHEMA)


def test_the_json_schema_describes_every_member_and_refuses_others():
    document = json.loads(samples.read("rich", "json"))
    for broken in ({**document, "more": 1}, {k: v for k, v in document.items() if k != "exit_code"},
                   {**document, "schema": "sluice-report/2"},
                   {**document, "findings": [{**document["findings"][0], "severity": "awful"}]}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, REPORT_SCHEMA)

    def described(node, where):
        for name, child in node.get("properties", {}).items():
            assert "description" in child or "const" in child, f"{where}.{name}"
            for nested in [child, child.get("items", {}), *child.get("oneOf", [])]:
                described(nested, f"{where}.{name}")

    described(REPORT_SCHEMA, "$")


def test_json_is_ascii_with_two_spaces_and_a_newline():
    text = samples.read("rich", "json")
    assert text.isascii() and text.endswith("}\n")
    assert text == json.dumps(json.loads(text), indent=2) + "\n"


@pytest.mark.parametrize("case", SMALL)
def test_sarif_follows_the_standard(case):
    validate(json.loads(samples.read(case, "sarif")), SARIF_SCHEMA)


@pytest.mark.parametrize("case", samples.CASES)
def test_sarif_has_what_github_asks_for(case):
    run = json.loads(samples.read(case, "sarif"))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules) <= 25_000
    for rule in rules:
        assert rule["shortDescription"]["text"] and rule["fullDescription"]["text"]
        assert rule["help"]["text"] and rule["help"]["markdown"]
        assert 0 < float(rule["properties"]["security-severity"]) <= 10
        assert rule["properties"]["precision"] in ("low", "medium", "high", "very-high")
        assert len(rule["properties"]["tags"]) <= 10
        assert urllib.parse.urlsplit(rule.get("helpUri", "https://x")).scheme in ("http", "https")
    assert len(run["results"]) <= 25_000
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        assert list(result["partialFingerprints"]) == ["sluice/v1"]
        for location in result["locations"] + result.get("relatedLocations", []):
            artifact = location["physicalLocation"]["artifactLocation"]
            assert re.fullmatch(r"([A-Za-z0-9._~/-]|%[0-9A-F]{2})+", artifact["uri"])
            assert artifact["uriBaseId"] == "%SRCROOT%" and not artifact["uri"].startswith("/")
            region = location["physicalLocation"].get("region")
            if region and "endLine" in region:
                start = (region["startLine"], region["startColumn"])
                assert start < (region["endLine"], region["endColumn"])
        ids = [location["id"] for location in result.get("relatedLocations", [])]
        assert len(set(ids)) == len(ids) <= 100


def test_sarif_tells_success_suppression_and_objects_without_path():
    success = lambda case: json.loads(samples.read(case, "sarif"))["runs"][0]["invocations"][0]["executionSuccessful"]
    assert (success("rich"), success("clean"), success("undecided")) == (True, True, False)
    results = json.loads(samples.read("rich", "sarif"))["runs"][0]["results"]
    assert [[s["kind"] for s in r["suppressions"]] for r in results] == [[], [], [], [], [], ["inSource"], ["external"]]
    assert results[1]["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "commit-message/" + "d" * 40
    assert results[4]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == urllib.parse.quote("süß/設定 1.yaml")
    notes = json.loads(samples.read("undecided", "sarif"))["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert [n["level"] for n in notes] == ["error", "error"]


@pytest.mark.parametrize("case", samples.CASES)
def test_junit_follows_its_schema(case):
    assert shutil.which("xmllint"), "xmllint is missing: apt-get install libxml2-utils"
    subprocess.run(["xmllint", "--noout", "--huge", "--schema", samples.HERE / "schemas" / "junit.xsd",
                    samples.path(case, "junit")], check=True, capture_output=True)


@pytest.mark.parametrize("case", samples.CASES)
def test_junit_counts_what_it_lists(case):
    root = ElementTree.fromstring(samples.read(case, "junit"))
    tags = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    for suite in [root, *root]:
        assert int(suite.get("tests")) == len(suite.findall(".//testcase")) > 0
        for attribute, tag in tags.items():
            assert int(suite.get(attribute, len(suite.findall(f".//{tag}")))) == len(suite.findall(f".//{tag}"))
    report = json.loads(samples.read(case, "json"))
    assert int(root.get("failures")) == sum(f["suppressed"] is None for f in report["findings"])
    assert int(root.get("errors")) == len(report["problems"])


@pytest.mark.parametrize("case", samples.CASES)
def test_csv_has_a_row_for_each_finding_and_problem(case):
    text = samples.path(case, "csv").read_bytes().decode()
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    report = json.loads(samples.read(case, "json"))
    assert [row["kind"] for row in rows] == ["finding"] * len(report["findings"]) + ["problem"] * len(report["problems"])
    assert text.count("\r\n") == text.count("\n") == len(rows) + 1
    for row in rows:
        assert None not in row and None not in row.values()
        assert not any(value.startswith(("=", "+", "-", "@")) for value in row.values())
    for row, finding in zip(rows, report["findings"]):
        assert (row["severity"], row["line"], row["column"]) == (finding["severity"], str(finding["line"]), str(finding["column"]))
