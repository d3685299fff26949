#!/usr/bin/env python3
"""What `sluice config check` makes of files that are too large, too deep or expand to too much: time, peak
memory and exit code, as Markdown.

usage: bench/config_limits.py SLUICE
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

LEVELS = range(1, 11)


# Texts come in pieces: what this program holds in memory would count as the child's peak.


def bomb(line):
    yield "a0: &a0 {k: x}\n"
    for i in LEVELS:
        yield line(i, ["*a%d" % (i - 1)] * 10)


def many(form, size, before="", behind=""):
    yield before
    for i in range(size // len(form % 0)):
        yield form % i
    yield behind


CASES = {
    "YAML of 100 MB": ("yaml", lambda: many("key_%09d: value of a key\n", 100_000_000)),
    "JSON of 100 MB": ("json", lambda: many('"key_%09d": "value",', 100_000_000, "{", '"last": 1}\n')),
    "TOML of 100 MB": ("toml", lambda: many('key_%09d = "value"\n', 100_000_000)),
    "YAML of 16 MB": ("yaml", lambda: many("key_%09d: value of a key\n", 16_000_000)),
    "aliases, 10 levels of 10": ("yaml", lambda: bomb(lambda i, names: "a%d: &a%d [%s]\n" % (i, i, ", ".join(names)))),
    "merge keys, 10 levels of 10": (
        "yaml", lambda: bomb(lambda i, names: "a%d: &a%d\n  <<: [%s]\n" % (i, i, ", ".join(names)))),
    "an alias inside of its value": ("yaml", lambda: ["a: &a {b: *a}\n"]),
    "YAML, a million levels": ("yaml", lambda: ["a: ", "[" * 1_000_000, "]" * 1_000_000, "\n"]),
    "JSON, a million levels": ("json", lambda: ['{"a": ', "[" * 1_000_000, "]" * 1_000_000, "}\n"]),
    "TOML, a million levels": ("toml", lambda: ["a = ", "[" * 1_000_000, "]" * 1_000_000, "\n"]),
}


def main():
    sluice = str(pathlib.Path(sys.argv[1]).resolve())
    print("| file | exit code | seconds | peak MB | it says |\n| --- | --: | --: | --: | --- |")
    for name, (extension, text) in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / ("config_base." + extension)).write_text('{"a": 1}\n' if extension == "json" else
                                                             "a = 1\n" if extension == "toml" else "a: 1\n")
            with open(root / ("config_prod." + extension), "w") as file:
                file.writelines(text())
            with open(root / "said", "wb") as said:
                start = time.perf_counter()
                child = subprocess.Popen([sluice, "config", "check", "."], cwd=folder, stdout=said, stderr=said)
                _, status, usage = os.wait4(child.pid, 0)
                seconds = time.perf_counter() - start
            lines = [line.strip() for line in (root / "said").read_text(errors="replace").splitlines()]
            first = next((i for i, line in enumerate(lines) if "config_prod" in line), 0)
            print("| %s | %d | %.2f | %.0f | %s |" % (name, os.waitstatus_to_exitcode(status), seconds,
                                                      usage.ru_maxrss / 1024, " ".join(lines[first:first + 2])[:150]))


if __name__ == "__main__":
    main()
