"""The examples with which other scanners test their own rules, read from their repositories when this runs.

Nothing of them is kept here: each reader goes over the files of one commit with `git` and yields `Example`s.
"""
import ast
import collections
import pathlib
import re
import subprocess

import yaml

from go_values import Reader, Sampler, Unreadable

# `clean` tells which way the peer expects it; `path` is the file name the example has to bear, if any.
Example = collections.namedtuple("Example", "peer rule text clean path", defaults=[None])


# Packages of secretlint that are no rule for credentials.
NOT_CREDENTIALS = {"config-loader", "example", "filter-comments", "no-dotenv", "no-homedir", "no-k8s-kind-secret",
                   "pattern"}


class Repository:
    """One commit of a repository, bare or not."""

    def __init__(self, folder, revision="HEAD"):
        self.folder, self.revision = str(folder), revision

    def git(self, *args, stdin=None):
        return subprocess.run(["git", "-C", self.folder, *args], input=stdin, capture_output=True, check=True).stdout

    def commit(self):
        return self.git("rev-parse", "--short=10", self.revision).decode().strip()

    def files(self, under, pattern):
        """(path, bytes) of the files below `under` whose path matches."""
        listed = self.git("ls-tree", "-r", "-z", "--name-only", self.revision, under).decode().split("\0")
        paths = [p for p in listed if p and re.search(pattern, p)]
        asked = "".join(f"{self.revision}:{p}\n" for p in paths).encode()
        answer, at = self.git("cat-file", "--batch", stdin=asked), 0
        for path in paths:
            end = answer.index(b"\n", at)
            size = int(answer[at:end].split()[-1])
            yield path, answer[end + 1:end + 1 + size]
            at = end + size + 2


class Counted(list):
    """Examples, and how many could not be read."""
    left_out = 0


def go_patterns(source):
    """The helpers `func Name(size string) string { return fmt.Sprintf(`...`, size) }` of utils/patterns.go."""
    found = {}
    for name, layout in re.findall(r"func (\w+)\(size string\) string \{\s*return fmt\.Sprintf\(`([^`]*)`", source):
        found[f"utils.{name}"] = lambda size, layout=layout: layout.replace("%s", size)
    for name, text in re.findall(r"func (\w+)\(\) string \{\s*return `([^`]*)`", source):
        found[f"utils.{name}"] = lambda text=text: text
    return found


def sample_layouts(source):
    """The layouts of GenerateSampleSecrets, from the map in utils/generate.go."""
    reader = Reader(source[source.index("samples := map"):])
    reader.assignment()
    return list(reader.names["samples"].values())


def go_functions(repository):
    sampler = Sampler()
    helpers = {path.rsplit("/", 1)[1]: text.decode()
               for path, text in repository.files("cmd/generate/config/utils", r"\.go$")}
    layouts = sample_layouts(helpers["generate.go"])

    def samples(identifier, secret):
        return [one.replace("{i}", identifier).replace("{I}", identifier.upper()).replace("{s}", secret)
                for one in layouts]

    return {**go_patterns(helpers["patterns.go"]),
            "secrets.NewSecret": sampler.draw,
            "secrets.NewSecretWithEntropy": lambda pattern, floor: sampler.draw(pattern),
            "utils.GenerateSampleSecrets": samples,
            "utils.GenerateSampleSecret": lambda name, secret: f'{name}_api_token = "{secret}"'}


def go_rule_function(name, body, functions, outer, found, peer):
    """Adds what one rule's `return utils.Validate(rule, positives, negatives)` tests."""
    if re.search(r"SkipReport:\s*true", body):
        return  # the peer reports no finding for it either
    rule = re.search(r'RuleID:\s*"([^"]+)"', body)
    reader = Reader(body, functions, outer)
    while reader.peek()[0] != "end":
        if [reader.peek(i)[1] for i in range(3)] == ["utils", ".", reader.peek(2)[1]] \
                and reader.peek(2)[1].startswith("Validate"):
            break
        if not reader.assignment():
            reader.take()
    if reader.peek()[0] == "end":
        return
    reader.at += 3
    reader.take("(")
    for clean in (None, False, True):
        begin = reader.at
        try:
            values = reader.expression()
        except Unreadable:
            reader.at, values = begin, []
            if clean is not None:
                found.left_out += 1
            reader.skip(")")
        if reader.peek()[1] == ",":
            reader.take()
        if clean is None:
            continue
        pairs = values.items() if isinstance(values, dict) else ((None, text) for text in values)
        found += [Example(peer, rule.group(1) if rule else name, text, clean, path) for path, text in pairs
                  if isinstance(text, str)]
    found.left_out += reader.left_out


def go_generator(peer, repository):
    """gitleaks and betterleaks: the positives and negatives in cmd/generate/config/rules."""
    functions, found = go_functions(repository), Counted()
    for path, text in repository.files("cmd/generate/config/rules", r"(?<!_test)\.go$"):
        source = text.decode()
        outer = Reader(re.split(r"^func ", source, maxsplit=1, flags=re.M)[0], functions)
        while outer.peek()[0] != "end":
            if not outer.assignment():
                outer.take()
        for function in re.split(r"^func ", source, flags=re.M)[1:]:
            name = re.match(r"\w*", function).group()
            go_rule_function(name or path, function, functions, outer.names, found, peer)
    return found


def yaml_rules(folder):
    """Nosey Parker, Kingfisher, Titus: `examples` and `negative_examples` of each rule that is reported."""
    def read(peer, repository):
        found = Counted()
        for path, text in repository.files(folder, r"\.ya?ml$"):
            try:
                document = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
            except yaml.YAMLError:
                found.left_out += 1
                continue
            rules = document.get("rules", []) if isinstance(document, dict) else []
            for rule in rules:
                if not isinstance(rule, dict) or rule.get("visible") is False:
                    continue
                for key, clean in (("examples", False), ("negative_examples", True)):
                    found += [Example(peer, rule.get("id", path), one, clean) for one in rule.get(key) or []
                              if isinstance(one, str)]
        return found
    return read


def secretlint(peer, repository):
    """secretlint: the snapshots `ng.*` (must be found) and `ok.*` (must not)."""
    found = Counted()
    for path, text in repository.files("packages/@secretlint", r"/test/snapshots/(?:ng|ok)[^/]*/"):
        parts = pathlib.PurePosixPath(path).parts
        case, name = parts[parts.index("snapshots") + 1], parts[-1]
        if name in ("output.json", "options.ts", ".secretlintrc.json", "README.md"):
            continue
        rule = parts[2].removeprefix("secretlint-rule-")
        if rule not in NOT_CREDENTIALS and "enableID" not in case:
            found.append(Example(peer, rule, text, case.startswith("ok"), name))
    return found


def python_value(node, names):
    """A constant expression of a Python test, without running anything."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name) and node.id in names:
        return names[node.id]
    if isinstance(node, (ast.Tuple, ast.List)):
        return [python_value(one, names) for one in node.elts]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return python_value(node.left, names) + python_value(node.right, names)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        return python_value(node.func.value, names).format(
            *[python_value(one, names) for one in node.args],
            **{one.arg: python_value(one.value, names) for one in node.keywords})
    raise Unreadable(ast.dump(node)[:60])


def python_cases(list_node, names, found):
    """(text, expected) of the pairs in a list; what is no pair of constants is left out."""
    for element in getattr(list_node, "elts", []):
        try:
            value = python_value(element, names)
        except (Unreadable, KeyError, IndexError, TypeError, AttributeError):
            found.left_out += 1
            continue
        if isinstance(value, list) and len(value) == 2 and isinstance(value[0], str):
            yield value
        elif isinstance(value, str):
            yield value, True


def detect_secrets(peer, repository):
    """detect-secrets: the parametrised pairs in tests/plugins. Addresses of machines are no credentials."""
    found = Counted()
    for path, text in repository.files("tests/plugins", r"_test\.py$"):
        rule = path.rsplit("/", 1)[1].removesuffix("_test.py")
        if rule in ("ip_public", "base", "high_entropy_strings"):
            continue
        tree, names, endings = ast.parse(text), {}, collections.defaultdict(list)
        for node in ast.walk(tree):
            if isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(node.elts[1], ast.Name) \
                    and isinstance(node.elts[0], ast.Constant):
                endings[node.elts[1].id].append(node.elts[0].value)
        for node in tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                try:
                    names[node.targets[0].id] = python_value(node.value, names)
                except (Unreadable, TypeError, AttributeError):
                    pass
                for line, expected in python_cases(node.value, names, found):
                    for ending in endings[node.targets[0].id]:
                        found.append(Example(peer, rule, line, not expected, f"file.{ending}" if ending else None))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "parametrize" and len(node.args) == 2:
                found += [Example(peer, rule, line, not expected)
                          for line, expected in python_cases(node.args[1], names, found)]
    return found


def trufflehog(peer, repository):
    """trufflehog: the pattern tests of its detectors.

    An empty expectation is a clean negative only where its name says that the input is invalid: in the others
    one half of a credential is missing or stands too far off.
    """
    found = Counted()
    for path, text in repository.files("pkg/detectors", r"(?<!integration)_test\.go$"):
        reader, name, value = Reader(text.decode()), "", None
        while reader.peek()[0] != "end":
            key, colon = reader.peek()[1], reader.peek(1)[1]
            if reader.assignment():
                continue
            reader.take()
            if colon != ":" or key not in ("name", "input", "want"):
                continue
            reader.take()
            if key == "want":
                empty = reader.peek()[1] == "nil" or [reader.peek(i)[1] for i in range(5)] == ["[", "]", "string", "{", "}"]
                if isinstance(value, str) and (not empty or re.search(r"\binvalid", name)):
                    found.append(Example(peer, path.split("/")[2], value, empty))
                value = None
                continue
            begin = reader.at
            try:
                read = reader.expression()
            except Unreadable:
                reader.at, read = begin, None
                found.left_out += key == "input"
            if key == "name":
                name = read if isinstance(read, str) else ""
            else:
                value = read
    return found


READERS = {
    "gitleaks": go_generator,
    "betterleaks": go_generator,
    "noseyparker": yaml_rules("crates/noseyparker/data/default/builtin/rules"),
    "kingfisher": yaml_rules("data/rules"),
    "titus": yaml_rules("pkg/rule/rules"),
    "secretlint": secretlint,
    "detect-secrets": detect_secrets,
    "trufflehog": trufflehog,
}
