#!/usr/bin/env python3
"""Ten thousand futures of a robot: the whole program, in both precisions, by threads, trials and weeks, beside the target.

Usage: bench/risk.py [--rounds 3] [--program target/release/linchpin] [--against PROGRAM]

Runs are interleaved, with those of another program if one is given; the table gives medians. Seconds are from fork to exit,
with set-up, draws and statistics in them; a rate is trials · weeks a second of wall time, and the same at all sizes if time grows
in proportion. What is fixed (start-up, the atlas) weighs on the smallest.
"""
import argparse
import os
import statistics
import sys

from process import run

# Seconds of wall time for 10,000 trials of 104 weeks on two threads, set for a Zen 5.
TARGET = 3.0
# Precision, threads, trials, weeks.
WORK = [
    ("double", 2, 10000, 104),
    ("single", 2, 10000, 104),
    ("double", 1, 10000, 104),
    ("double", 2, 1000, 104),
    ("double", 2, 3000, 104),
    ("double", 2, 10000, 52),
    ("double", 2, 10000, 208),
]


def arguments(precision, threads, trials, weeks):
    asked = {"--product": "optimus", "--trials": trials, "--horizon": weeks, "--precision": precision, "--threads": threads}
    return ["risk", "--no-gain", "--format", "json", *(str(part) for option in asked.items() for part in option)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--program", default="target/release/linchpin")
    parser.add_argument("--against", help="another program to set it beside")
    asked = parser.parse_args()
    programs = [asked.program] + ([asked.against] if asked.against else [])
    for program in programs:
        if not os.path.exists(program):
            sys.exit(f"{program} is missing: cargo build --release")
    seen = {(program, work): [] for program in programs for work in WORK}
    for _ in range(asked.rounds):
        for program, work in seen:
            seen[program, work].append(run(program, arguments(*work)))
    print("precision\tthreads\ttrials\tweeks\twall, s\tCPU, s\tMB\ttrials·weeks/s\tof the target's\tx the other")
    for work in WORK:
        _, threads, trials, weeks = work
        ours = seen[asked.program, work]
        wall, memory, cpu = (statistics.median(r[k] for r in ours) for k in range(3))
        rate = trials * weeks / wall
        target = 10000 * 104 / TARGET if threads == 2 else None
        other = [r[0] for r in seen.get((asked.against, work), [])]
        ratio = f"{statistics.median(o / r[0] for o, r in zip(other, ours)):.2f}" if other else "–"
        part = f"{rate / target:.2f}" if target else "–"
        row = (*work, f"{wall:.2f}", f"{cpu:.2f}", f"{memory / 1024:.0f}", f"{rate:.3g}", part, ratio)
        print("\t".join(map(str, row)))


main()
