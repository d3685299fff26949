#!/usr/bin/env python3
"""Times `sluice config check` of a base and four environments of 500 keys each, beside check-jsonschema and
yamllint on the same files, in turns within one run. Prints medians and ratios as Markdown.

usage: bench/config.py SLUICE [ROUNDS]     check-jsonschema and yamllint must be on PATH
"""
import json
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


def document(name):
    lines = []
    for section in range(25):
        lines.append("section_%d:" % section)
        for key in range(20):
            value = [key * 7 + len(name), key / 7 + len(name), "text %s %d" % (name, key), str(name != "prod").lower()]
            lines.append("  key_%d: %s" % (key, value[key % 4]))
    return "\n".join(lines) + "\n"


def seconds(command):
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def main():
    sluice = str(pathlib.Path(sys.argv[1]).resolve())
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 15
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        names = ["base", "dev", "staging", "prod", "test"]
        files = [root / ("config_%s.yaml" % name) for name in names]
        for name, file in zip(names, files):
            file.write_text(document(name))
        schema = root / "schema.json"
        schema.write_text(json.dumps({"type": "object", "additionalProperties": {"type": "object"}}))
        commands = {"sluice config check": [sluice, "config", "check", folder]}
        if shutil.which("check-jsonschema"):
            commands["check-jsonschema"] = ["check-jsonschema", "--schemafile", str(schema), *map(str, files)]
        if shutil.which("yamllint"):
            commands["yamllint"] = ["yamllint", *map(str, files)]
        times = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                times[name].append(seconds(command))
        own = statistics.median(times["sluice config check"])
        print("| command | median | times sluice |\n| --- | --: | --: |")
        for name, values in times.items():
            median = statistics.median(values)
            print("| %s | %.1f ms | %.1f |" % (name, median * 1000, median / own))


if __name__ == "__main__":
    main()
