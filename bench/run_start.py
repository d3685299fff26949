#!/usr/bin/env python3
"""Times the start of `sluice run --env dev` beside the command alone and other programs that hand a command its variables,
and `sluice_config`'s import and load(), in turns within one run. Prints medians and ratios as Markdown.

usage: bench/run_start.py SLUICE [ROUNDS]     dotenvx (npm install @dotenvx/dotenvx), dotenv (python-dotenv) and chamber (a Go
                                              module) are timed where they are on PATH
"""
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]


def seconds(command, cwd, env):
    start = time.perf_counter()
    subprocess.run(command, cwd=cwd, env=env, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def inside(statement, before, cwd, env):
    """Seconds that a statement takes in a Python of its own, without what comes before."""
    program = "%s\nstart = time.perf_counter()\n%s\nprint(time.perf_counter() - start)" % (before, statement)
    done = subprocess.run([sys.executable, "-c", program], cwd=cwd, env=env, stdout=subprocess.PIPE, check=True)
    return float(done.stdout)


def main():
    sluice = str(pathlib.Path(sys.argv[1]).resolve())
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 31
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        shutil.copytree(ROOT / "mlops/config", folder / "config")
        values = "".join("%s=%s\n" % (name, name.lower() + "-7") for name in
                         ("WAREHOUSE_USER", "WAREHOUSE_PASSWORD", "SLACK_WEBHOOK_URL"))
        (folder / ".env").write_text(values)
        (folder / ".env").chmod(0o600)
        env = {**os.environ, "SLUICE": sluice, "APP_ENV": "dev", "PYTHONPATH": str(ROOT / "mlops/sluice_config")}
        ways = {"the command alone": ["true"], "sluice run": [sluice, "run", "--env", "dev", "--", "true"]}
        if shutil.which("dotenvx"):
            ways["dotenvx run"] = ["dotenvx", "run", "--quiet", "--", "true"]
        if shutil.which("dotenv"):
            ways["dotenv run (python-dotenv)"] = ["dotenv", "run", "--", "true"]
        if shutil.which("chamber"):
            ways["chamber -b null exec"] = ["chamber", "-b", "null", "exec", "none", "--", "true"]
        loads = {"import sluice_config": "import time", "sluice_config.load()": "import time, sluice_config"}
        times = {name: [] for name in [*ways, *loads]}
        for _ in range(rounds):
            for name, command in ways.items():
                times[name].append(seconds(command, folder, env))
            for statement, before in loads.items():
                times[statement].append(inside(statement, before, folder, env))
        alone = statistics.median(times["the command alone"])
        print("| | median | above the command alone | times the command alone |\n| --- | --- | --- | --- |")
        for name in ways:
            median = statistics.median(times[name])
            print("| %s | %.1f ms | %.1f ms | %.1f |" % (name, median * 1e3, (median - alone) * 1e3, median / alone))
        for name in loads:
            print("| `%s` | %.1f ms | | |" % (name, statistics.median(times[name]) * 1e3))


if __name__ == "__main__":
    main()
