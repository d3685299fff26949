"""Results as a Markdown table, a page and a picture."""
import datetime
import os
import platform
import re
import subprocess
from xml.sax.saxutils import escape

ROW, BAR, LEFT, WIDTH = 34, 10, 250, 640
INK, GREY, BLUE = "#57606a", "#afb8c1", "#1f6feb"


def seconds(value):
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.1f} s"


def megabytes(count):
    return f"{count / 1e6:,.0f} MB"


def private(scenario, name):
    held = scenario.private.get(name)
    return megabytes(held) if held else ""


def rate(scenario, name):
    return f"{scenario.size / 1e6 / scenario.seconds(name):,.0f} MB/s" if scenario.size else ""


def table(scenarios):
    rows = ["| what | program | median | of git's time | sluice's of its | rate | private | peak | rounds |",
            "| --- | --- | --: | --: | --: | --: | --: | --: | --: |"]
    for scenario in scenarios:
        for contender in scenario.contenders:
            name = contender.name
            first = contender is scenario.contenders[0]
            mark = "**" if name == "sluice" else ""
            cells = [scenario.title if first else "", name, seconds(scenario.seconds(name)),
                     "1" if first else f"{mark}{scenario.ratio(name):.2f}{mark}",
                     "" if name == "sluice" else f"{scenario.ratio('sluice', name):.2f}",
                     rate(scenario, name), private(scenario, name), megabytes(scenario.peak(name)), str(len(scenario.runs[name]))]
            rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)


def picture(scenarios):
    """A bar of sluice's time a scenario, a tick where the walk stands; the line is plain git's time for the same
    work. One outlier is cut short."""
    ratios = [scenario.ratio("sluice") for scenario in scenarios]
    longest = sorted(ratios)[-2:][0] if max(ratios) > 4 * sorted(ratios)[len(ratios) // 2] else max(ratios)
    unit = (WIDTH - LEFT - 70) / max(1.0, longest)
    height = 40 + ROW * len(scenarios)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
             f'height="{height}" font-family="system-ui, sans-serif" font-size="12">',
             "<title>Time of sluice relative to plain git; shorter is faster</title>"]
    for number, (scenario, ratio) in enumerate(zip(scenarios, ratios)):
        middle = 36 + ROW * number + ROW / 2
        foot, length = middle + 4, max(1.0, unit * min(ratio, longest))
        parts.append(f'<text x="{LEFT - 10}" y="{foot:.0f}" text-anchor="end" fill="{INK}">{escape(scenario.title)}</text>')
        parts.append(f'<rect x="{LEFT}" y="{middle - BAR / 2:.0f}" width="{length:.1f}" height="{BAR}" rx="2" fill="{BLUE}"/>')
        if "walk" in scenario.runs:
            at = LEFT + unit * scenario.ratio("walk")
            parts.append(f'<path d="M{at:.1f} {middle - BAR:.0f}V{middle + BAR:.0f}" stroke="{INK}"><title>the walk</title></path>')
        parts.append(f'<text x="{LEFT + length + 6:.0f}" y="{foot:.0f}" fill="{INK}">{ratio:.1f}</text>')
    line = LEFT + unit
    parts.append(f'<path d="M{line:.1f} 30V{height - 4}" stroke="{GREY}" stroke-dasharray="3 3"/>')
    parts.append(f'<text x="{line:.0f}" y="20" text-anchor="middle" fill="{INK}">plain git</text>')
    return "\n".join(parts + ["</svg>", ""])


def machine():
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8")
                  if line.startswith("model name")), platform.machine())
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout.split()[2]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB, {platform.system()}, git {git}; load average at the end {load}"


def versions(scenarios):
    """What the other programs call themselves."""
    known = {c.name: c.version for s in scenarios for c in s.contenders if c.version}
    return "\n".join(f"- **{name}**: {version}" for name, version in sorted(known.items()))


def others_commands(scenarios):
    """The exact commands, each once, in the order they ran."""
    lines = {}
    for scenario in scenarios:
        for contender in scenario.contenders:
            # Without the folders of this machine.
            words = [re.sub(r"/[^\s']*/", "", word) for word in map(str, contender.command)]
            lines[f"{scenario.title}: `{' '.join(words)}`"] = None
    return "\n".join(f"- {line}" for line in lines)


def page(scenarios, commit):
    return f"""# Performance

How long sluice takes beside the plain git command that only reads the same data and does nothing with it.
Each round runs git, then sluice, and so on in turns; a ratio is the median over the rounds of sluice's time
divided by git's in the same round, so that a busy machine slows both alike. Absolute times are this
machine's; the ratios are what to look at. Git's command only unpacks the bytes. sluice unpacks them, finds their text
encoding, tries every rule, follows every reference and names the commits: a ratio above 1 is the price of
that, one below 1 means that all of it was done before git had printed the data.

![Time of sluice relative to plain git](pictures/bench.svg)

{table(scenarios)}

*sluice's of its*: sluice's time divided by that program's, the median over the rounds. *rate*: bytes of all objects
(or of the file) divided by the time. *Private*: the most anonymous memory (RssAnon) that the process held, looked at each 5 ms in a
run of its own; it leaves out the mapped pack. *Peak*: all that was resident, mapped files included, the greatest of the
rounds; values below about 10 MB can't be told apart.

{versions(scenarios)}

- **staged** in a generated repository of 15,000 files with 10 edits staged.
- **range**: the last 50 commits of the first-parent line with all that merges brought in; git prints their patches.
- **history**: every object of the database; git prints each once. *git log -p* (with `--diffs`)
  is what a scanner that reads patches waits for before it looks at a byte.
- The named repositories are bare clones of the main branch, given on the command line.
- **walk** is `bench/yardstick.cc`: it inflates each entry of the packs once and only counts literals near what deltas
  insert. It shows what the audit's rules, exactness and names cost on top.
- **one more commit**: the audit is repeated with `--cache` after a commit was added.
- **dense**: inputs made to be hard; git hashes the same bytes.

Large histories (curl, git, duckdb) and what bounds the figures that are above 1: [scale.md](scale.md#large-histories-and-what-bounds-them).

## Commands

{others_commands(scenarios)}

## Repeat it

```sh
make bench                                        # generated repositories and this one
cmake --preset bench && cmake --build --preset bench --target yardstick   # for the rows *walk*; needs libhyperscan-dev
bench/compare --large --write ~/src/curl ~/src/git ~/src/duckdb
bench/compare --peer kingfisher=/path/to/kingfisher ~/src/ninja
```

Measured {datetime.date.today().isoformat()}, sluice at commit {commit}, on {machine()}.
"""


def write(scenarios, top, commit):
    (top / "docs" / "pictures").mkdir(exist_ok=True)
    (top / "docs" / "performance.md").write_text(page(scenarios, commit))
    (top / "docs" / "pictures" / "bench.svg").write_text(picture(scenarios))
