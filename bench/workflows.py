#!/usr/bin/env python3
"""What sluice, zizmor and actionlint say about secrets in the workflows of many repositories, as Markdown.

usage: bench/workflows.py SLUICE FOLDER     FOLDER holds one repository a sub-folder; zizmor and actionlint must be on PATH

Each sub-folder is put into a Git repository of its own if it is none. Only sluice's workflow checks are used; zizmor runs
with `--persona=auditor --offline`.
"""
import collections
import json
import os
import pathlib
import subprocess
import sys

CHECKS = ["SEC%03d" % i for i in range(1, 8)]
ENV = {**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null"}


def output(*command, cwd=None):
    return subprocess.run(command, cwd=cwd, env=ENV, capture_output=True, check=False).stdout


def of_sluice(program, repositories):
    for repository in repositories:
        if not (repository / ".git").exists():
            subprocess.run(["git", "init", "-q"], cwd=repository, env=ENV, check=True)
        subprocess.run(["git", "add", "-A", "-f"], cwd=repository, env=ENV, check=True)
        enable = [word for check in CHECKS for word in ("--enable", check)]
        for finding in json.loads(output(program, "check", "-f", "json", *enable, cwd=repository))["findings"]:
            yield finding["rule"], repository.name, finding["path"], finding["line"]


def of_zizmor(folder, files):
    for finding in json.loads(output("zizmor", "--persona=auditor", "--offline", "--format=json", "-q", *files)):
        places = [one for one in finding["locations"] if one["symbolic"].get("kind") == "Primary"] or finding["locations"]
        path = pathlib.Path(places[0]["symbolic"]["key"]["Local"]["verbatim_path"]).relative_to(folder)
        line = places[0]["concrete"]["location"]["start_point"]["row"] + 1
        yield finding["ident"], path.parts[0], str(pathlib.Path(*path.parts[1:])), line


def of_actionlint(folder, files):
    for finding in json.loads(output("actionlint", "-format", "{{json .}}", *files) or b"[]"):
        path = pathlib.Path(finding["filepath"]).resolve().relative_to(folder)
        yield finding["kind"], path.parts[0], str(pathlib.Path(*path.parts[1:])), finding["line"]


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    folder = pathlib.Path(sys.argv[2]).resolve()
    repositories = sorted(one for one in folder.iterdir() if one.is_dir())
    files = sorted(str(file) for one in repositories for file in (one / ".github/workflows").glob("*.y*ml"))
    print("%d repositories, %d workflows\n" % (len(repositories), len(files)))
    print("| tool | says | findings | repositories |\n| --- | --- | --- | --- |")
    everything = (("sluice", of_sluice(program, repositories)), ("zizmor", of_zizmor(folder, files)),
                  ("actionlint", of_actionlint(folder, files)))
    for tool, findings in everything:
        places = collections.defaultdict(list)
        for rule, repository, path, line in findings:
            places[rule].append((repository, path, line))
        for rule in sorted(places):
            print("| %s | `%s` | %d | %d |" % (tool, rule, len(places[rule]), len({one[0] for one in places[rule]})))


if __name__ == "__main__":
    main()
