#!/usr/bin/env python3
"""Time and memory of the generation for every description of a folder, as a plot and a table.

Usage: benches/generation.py COMMAND PLOT.svg FOLDER...
COMMAND is the release build of the command; needs Python 3 and nothing else. A crate is generated twice from each
description, and the least CPU time counts. A description is a file `*.json` or `*.yaml` with `openapi` or `swagger` in its
first 4 kB.
"""

import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 2


def descriptions(folder):
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".json", ".yaml", ".yml") and path.is_file():
            with open(path, errors="replace") as file:
                head = file.read(4096)
            if '"openapi"' in head or '"swagger"' in head or "openapi:" in head or "swagger:" in head:
                yield path


def cost(command, path):
    with tempfile.TemporaryDirectory() as out:
        arguments = [command, "generate", str(path), "--out", out + "/crate", "--name", "measured"]
        child = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
    return status == 0, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def slope(points):
    """Exponent of a power law through points, by least squares over logarithms."""
    xs, ys = [math.log(x) for x, _ in points], [math.log(y) for _, y in points]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys)) / sum((x - mean_x) ** 2 for x in xs)


def panel(points, left, title, unit):
    """One scatter plot with logarithmic axes, as SVG."""
    width, height, top = 330, 260, 40
    low_x, high_x = (round_out(f(x for x, _ in points), up) for f, up in ((min, False), (max, True)))
    low_y, high_y = (round_out(f(y for _, y in points), up) for f, up in ((min, False), (max, True)))
    at_x = lambda x: left + width * math.log(x / low_x) / math.log(high_x / low_x)
    at_y = lambda y: top + height * (1 - math.log(y / low_y) / math.log(high_y / low_y))
    parts = [f'<text x="{left}" y="{top - 16}">{title}</text>']
    tick = low_x
    while tick <= high_x * 1.001:
        parts.append(f'<line x1="{at_x(tick):.1f}" y1="{top}" x2="{at_x(tick):.1f}" y2="{top + height}" class="grid"/>')
        parts.append(f'<text x="{at_x(tick):.1f}" y="{top + height + 16}" class="x">{label(tick)} kB</text>')
        tick *= 10
    tick = low_y
    while tick <= high_y * 1.001:
        parts.append(f'<line x1="{left}" y1="{at_y(tick):.1f}" x2="{left + width}" y2="{at_y(tick):.1f}" class="grid"/>')
        parts.append(f'<text x="{left - 6}" y="{at_y(tick) + 4:.1f}" class="y">{label(tick)} {unit}</text>')
        tick *= 10
    parts += [f'<circle cx="{at_x(x):.1f}" cy="{at_y(y):.1f}" r="2.5"/>' for x, y in points]
    return parts


def round_out(value, up):
    return 10 ** (math.ceil if up else math.floor)(math.log10(value))


def label(value):
    return f"{value:g}"


def plot(points):
    style = (
        "text{font:12px sans-serif;fill:#444}.x{text-anchor:middle}.y{text-anchor:end}"
        ".grid{stroke:#ddd}circle{fill:#0a6;fill-opacity:.6}"
    )
    parts = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 340">', f"<style>{style}</style>"]
    parts.append('<rect width="860" height="340" fill="#fff"/>')
    parts += panel([(size, cpu) for size, cpu, _ in points], 70, "CPU seconds by size of the description", "s")
    parts += panel([(size, peak) for size, _, peak in points], 510, "Peak memory by size of the description", "MB")
    return "\n".join(parts + ["</svg>", ""])


def main():
    command, target, *folders = sys.argv[1:]
    points = []
    for path in (path for folder in folders for path in descriptions(Path(folder))):
        runs = [cost(command, path) for _ in range(ROUNDS)]
        if not runs[0][0]:
            print(f"not generated: {path}")
            continue
        size, cpu, peak = path.stat().st_size / 1000, min(run[1] for run in runs), min(run[2] for run in runs)
        points.append((size, cpu, peak))
        print(f"{path.name}\t{size:.0f} kB\t{cpu:.2f} s\t{peak:.0f} MB")
    large = [point for point in points if point[0] >= 100]
    print(f"{len(points)} descriptions; from 100 kB on, CPU time grows with the power")
    print(f"{slope([(s, c) for s, c, _ in large]):.2f} of the size, and memory with {slope([(s, p) for s, _, p in large]):.2f}")
    Path(target).write_text(plot(points))


main()
