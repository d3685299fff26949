"""bench/detection_peers reads the examples of other scanners rightly; their own repositories are not needed here."""
import pathlib
import subprocess
import sys

import pytest

BENCH = pathlib.Path(__file__).resolve().parents[2] / "bench"
sys.path.insert(0, str(BENCH))

yaml = pytest.importorskip("yaml")
import go_values  # noqa: E402
import peer_examples  # noqa: E402


def git(cwd, *args):
    subprocess.run(["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", *args], cwd=cwd, check=True,
                   capture_output=True)


def repository(folder, files):
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "x")
    return peer_examples.Repository(folder)


def told(examples):
    return {(one.rule, one.text, one.clean, one.path) for one in examples}


def test_go_expressions():
    reader = go_values.Reader('`a\\b` + "\\tc" + fmt.Sprintf("-%s-%d", strings.Repeat("z", 3), 4)')
    assert reader.expression() == "a\\b\tc-zzz-4"


def test_go_elements_that_are_not_understood_are_left_out_and_counted():
    reader = go_values.Reader('[]string{"a", other.Thing(1)[0], `b`, }')
    assert reader.expression() == ["a", "b"]
    assert reader.left_out == 1


def test_drawn_texts_match_their_expression():
    import re
    for pattern in (r"[a-f0-9]{32}", r"x_(?:ab|cd)[^\W_]{4,6}\.\d{3}", r"(?i)AKIA[A-Z2-7]{16}"):
        assert re.fullmatch(pattern, go_values.Sampler().draw(pattern))


def test_gitleaks(tmp_path):
    repo = repository(tmp_path, {
        "cmd/generate/config/utils/patterns.go":
            "func Hex(size string) string {\n\treturn fmt.Sprintf(`[a-f0-9]{%s}`, size)\n}\n",
        "cmd/generate/config/utils/generate.go":
            'func GenerateSampleSecrets() {\n\tsamples := map[string]string{\n\t\t"ini": "{i}Token={s}",\n\t}\n}\n',
        "cmd/generate/config/rules/acme.go": """package rules
func Acme() *config.Rule {
	r := config.Rule{ RuleID: "acme-token", }
	tps := utils.GenerateSampleSecrets("acme", "k_"+secrets.NewSecret("a{3}"))
	tps = append(tps, `say "k_bbb"`) // seen
	fps := []string{"k_x"}
	return utils.Validate(r, tps, fps)
}
func Hidden() *config.Rule {
	r := config.Rule{ RuleID: "acme-id", SkipReport: true, }
	return utils.Validate(r, []string{"id_1"}, nil)
}
func InFiles() *config.Rule {
	r := config.Rule{ RuleID: "acme-file", }
	tps := map[string]string{ "conf/acme.toml": "k = 1", }
	return utils.ValidateWithPaths(r, tps, nil)
}
"""})
    assert told(peer_examples.READERS["gitleaks"]("gitleaks", repo)) == {
        ("acme-token", "acmeToken=k_aaa", False, None), ("acme-token", 'say "k_bbb"', False, None),
        ("acme-token", "k_x", True, None), ("acme-file", "k = 1", False, "conf/acme.toml")}


def test_yaml_rules(tmp_path):
    repo = repository(tmp_path, {"data/rules/acme.yml": """rules:
  - {id: acme.1, pattern: x, examples: [one], negative_examples: [two]}
  - {id: acme.2, pattern: x, visible: false, examples: [three]}
"""})
    assert told(peer_examples.READERS["kingfisher"]("kingfisher", repo)) == {
        ("acme.1", "one", False, None), ("acme.1", "two", True, None)}


def test_detect_secrets(tmp_path):
    repo = repository(tmp_path, {"tests/plugins/acme_test.py": """
KEY = 'k' * 3
@pytest.mark.parametrize('line, flag', [('a={}'.format('b'), True), ('c', False), (KEY, True)])
def test_it(line, flag): raise SystemError
"""})
    found = peer_examples.READERS["detect-secrets"]("detect-secrets", repo)
    assert told(found) == {("acme", "a=b", False, None), ("acme", "c", True, None)}
    assert found.left_out == 1


def test_trufflehog(tmp_path):
    repo = repository(tmp_path, {"pkg/detectors/acme/acme_test.go": """package acme
var valid = "k_1"
func TestIt(t *testing.T) {
	tests := []struct { name string; input string; want []string }{
		{ name: "valid pattern", input: fmt.Sprintf("acme %s", valid), want: []string{valid}, },
		{ name: "invalid pattern", input: "acme k", want: []string{}, },
		{ name: "valid, out of range", input: "acme far", want: nil, },
	}
}
"""})
    assert told(peer_examples.READERS["trufflehog"]("trufflehog", repo)) == {
        ("acme", "acme k_1", False, None), ("acme", "acme k", True, None)}


def test_secretlint(tmp_path):
    case = "packages/@secretlint/secretlint-rule-acme/test/snapshots/"
    repo = repository(tmp_path, {case + "ng.a/input.txt": "k_1", case + "ng.a/output.json": "{}",
                                 case + "ok.b/input.env": "k"})
    found = peer_examples.READERS["secretlint"]("secretlint", repo)
    assert {(one.rule, one.text, one.clean, one.path) for one in found} == {
        ("acme", b"k_1", False, "input.txt"), ("acme", b"k", True, "input.env")}
