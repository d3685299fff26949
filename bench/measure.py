"""Runs commands in turns and takes medians, so that a busy machine slows all of them alike."""
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import Dict, List, Optional, Sequence, Tuple

ENV = {
    "PATH": os.environ["PATH"],
    "HOME": "/nonexistent",
    "LC_ALL": "C.UTF-8",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_SYSTEM": "/dev/null",
}


@dataclass
class Run:
    seconds: float
    peak: int  # bytes; never less than the 10 MB or so of the launcher
    processor: float  # seconds, of all threads


@dataclass
class Contender:
    """A command of one scenario. `codes` are the exit codes that mean that it did its job."""

    name: str
    command: Sequence[str]
    codes: Tuple[int, ...] = (0,)
    version: str = ""


@dataclass
class Scenario:
    """The same work done by plain git (the first contender) and by others."""

    title: str
    cwd: str
    contenders: List[Contender]
    size: Optional[int] = None  # bytes of input, where a rate means something
    note: str = ""
    runs: Dict[str, List[Run]] = field(default_factory=dict)
    private: Dict[str, Optional[int]] = field(default_factory=dict)  # bytes at the peak, without mapped files

    def seconds(self, name):
        return statistics.median(run.seconds for run in self.runs[name])

    def peak(self, name):
        return max(run.peak for run in self.runs[name])

    def ratio(self, name, to=None):
        """Median over the pairs of this contender's time divided by git's, or by that of `to`."""
        base = self.runs[to or self.contenders[0].name]
        return statistics.median(run.seconds / other.seconds for run, other in zip(self.runs[name], base))

    def processor_ratio(self, name):
        """The same of the time that processors were busy."""
        base = self.runs[self.contenders[0].name]
        return statistics.median(run.processor / other.processor for run, other in zip(self.runs[name], base))


def codes_for(sluice, repo):
    """The exit codes that mean that sluice did its job. A mirror that lacks objects is audited, but what is absent is a
    problem of the report; any other problem means that there is no figure."""
    done = subprocess.run([sluice, "-C", repo, "history", "-f", "json"], capture_output=True, check=False)
    if done.returncode != 2:
        return (0, 1)
    problems = json.loads(done.stdout)["problems"]
    return (0, 1, 2) if all(problem["what"].startswith("the object is missing") for problem in problems) else (0, 1)


# The kernel counts what a process held before it became another program as that program's peak. So a
# small interpreter starts the command, takes the time and the peak, and hands them on.
LAUNCHER = """
import os, sys, time
begin = time.perf_counter()
null = [(os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0), (os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)]
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=null)
_, status, usage = os.wait4(child, 0)
print(time.perf_counter() - begin, usage.ru_maxrss * 1024, os.waitstatus_to_exitcode(status),
      usage.ru_utime + usage.ru_stime)
"""


class Failed(Exception):
    """A command did not do its job, so there is no figure for it."""


def run_once(contender, cwd):
    """One run, its output thrown away."""
    done = subprocess.run([sys.executable, "-I", "-S", "-c", LAUNCHER, *contender.command], cwd=cwd, env=ENV,
                          capture_output=True, text=True, errors="replace", check=False)
    figures = done.stdout.split()
    if done.returncode != 0 or int(figures[2]) not in contender.codes:
        raise Failed(f"{' '.join(contender.command)}: exit {figures[2:] or done.returncode}\n{done.stderr[-2000:]}")
    return Run(float(figures[0]), int(figures[1]), float(figures[3]))


def private_peak(contender, cwd, every=0.005):
    """The most RssAnon that the command held, looked at each 5 ms in a run that is not timed: what it needs for
    itself, without the mapped pack. None when it ended before the first look."""
    most = None
    with open(os.devnull, "r+b") as null:
        child = subprocess.Popen(contender.command, cwd=cwd, env=ENV, stdin=null, stdout=null, stderr=null)
        while child.poll() is None:
            try:
                status = pathlib.Path(f"/proc/{child.pid}/status").read_text()
            except OSError:
                break
            found = re.search(r"^RssAnon:\s+(\d+) kB", status, re.MULTILINE)
            if found:
                most = max(most or 0, int(found.group(1)) * 1024)
            time.sleep(every)
        child.wait()
    return most


def alternate(scenario, pairs, budget, say):
    """Fills `scenario.runs`: A B A B, at most `pairs` rounds, and no further one once `budget` seconds are spent.

    A round before the first warms the page cache and is left out, unless it alone takes half the budget.
    """
    scenario.runs = {c.name: [] for c in scenario.contenders}
    begin = time.perf_counter()
    for turn in range(pairs + 1):
        for contender in scenario.contenders:
            run = run_once(contender, scenario.cwd)
            scenario.runs[contender.name].append(run)
            say(f"{scenario.title}: {contender.name} {run.seconds:.3f} s, {run.peak / 1e6:.0f} MB")
        spent = time.perf_counter() - begin
        if turn == 0 and spent < budget / 2:
            scenario.runs = {c.name: [] for c in scenario.contenders}
        elif spent > budget:
            break
    scenario.private = {c.name: private_peak(c, scenario.cwd) for c in scenario.contenders}
