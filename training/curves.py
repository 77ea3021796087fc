"""Draws the errors over the steps from the logs of diffusion.py, one line for each log.

python curves.py curves.svg draft.pt.log diffusion.pt.log [more.log ...]
"""

import argparse
import os
import re

WIDTH, HEIGHT, MARGIN = 720, 360, 50
COLOURS = ("#2b6cb0", "#c05621", "#2f855a", "#805ad5")
LINE = re.compile(r"step (\d+) .* error ([\d.]+)")


def read_points(path):
    """(steps so far, error) in the order of the log."""
    with open(path) as log:
        found = [LINE.search(line) for line in log]
    return [(int(match[1]), float(match[2])) for match in found if match]


def drawn(names, runs):
    steps = [step for points in runs for step, _ in points]
    errors = [error for points in runs for _, error in points]
    low, high = min(errors) * 0.95, max(errors) * 1.05
    x = lambda step: MARGIN + step / max(steps) * (WIDTH - 2 * MARGIN)
    y = lambda error: HEIGHT - MARGIN - (error - low) / (high - low) * (HEIGHT - 2 * MARGIN)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">']
    parts.append(f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>')
    for share in (0, 0.5, 1):
        error, step = low + share * (high - low), round(share * max(steps))
        parts.append(f'<text x="8" y="{y(error):.0f}">{error:.3f}</text>')
        parts.append(f'<text x="{x(step):.0f}" y="{HEIGHT - 20}">{step}</text>')
    for index, (name, points) in enumerate(zip(names, runs)):
        colour = COLOURS[index % len(COLOURS)]
        path = " ".join(f"{x(step):.1f},{y(error):.1f}" for step, error in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<text x="{MARGIN + 160 * index}" y="24" fill="{colour}">{name}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("logs", nargs="+")
    options = parser.parse_args()
    names = [os.path.basename(path).split(".")[0] for path in options.logs]
    with open(options.out, "w") as file:
        file.write(drawn(names, [read_points(path) for path in options.logs]))


if __name__ == "__main__":
    main()
