"""Draws the error over the steps from the logs of diffusion.py.

python curves.py curves.svg diffusion.pt.log [more.log ...]
"""

import argparse
import re

WIDTH, HEIGHT, MARGIN = 720, 360, 50
COLOURS = {"half": "#2b6cb0", "full": "#c05621"}
LINE = re.compile(r"step (\d+) .* (half|full) .* v-mse ([\d.]+)")


def read_points(paths):
    """Runs of (steps so far, error) of one latent size each, in the order of the logs."""
    runs, before, last = [], 0, 0
    for path in paths:
        with open(path) as log:
            found = [LINE.search(line) for line in log]
        points = [(int(match[1]), match[2], float(match[3])) for match in found if match]
        before, last = before + last, 0
        for step, size, error in points:
            if not runs or runs[-1][0] != size or last == 0:
                runs.append((size, []))
            runs[-1][1].append((before + step, error))
            last = step
    return runs


def drawn(runs):
    steps = [step for _, points in runs for step, _ in points]
    errors = [error for _, points in runs for _, error in points]
    low, high = min(errors) * 0.95, max(errors) * 1.05
    x = lambda step: MARGIN + step / max(steps) * (WIDTH - 2 * MARGIN)
    y = lambda error: HEIGHT - MARGIN - (error - low) / (high - low) * (HEIGHT - 2 * MARGIN)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">']
    parts.append(f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>')
    parts.append(
        f'<text x="{MARGIN}" y="20">v error, subjects weighted (blue: half-size latents, red: full size)</text>'
    )
    for share in (0, 0.5, 1):
        error, step = low + share * (high - low), round(share * max(steps))
        parts.append(f'<text x="8" y="{y(error):.0f}">{error:.3f}</text>')
        parts.append(f'<text x="{x(step):.0f}" y="{HEIGHT - 20}">{step}</text>')
    for size, points in runs:
        path = " ".join(f"{x(step):.1f},{y(error):.1f}" for step, error in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{COLOURS[size]}" stroke-width="2"/>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("logs", nargs="+")
    options = parser.parse_args()
    with open(options.out, "w") as file:
        file.write(drawn(read_points(options.logs)))


if __name__ == "__main__":
    main()
