#!/usr/bin/env python3
"""Run time and memory of the program itself: reading, checking and compiling the atlas, and its answers in their forms.

Usage: bench/program.py [--rounds 21] [--program target/release/linchpin]

Runs are interleaved; the table gives medians, so that a busy moment hits all commands alike. Wall time is from fork
to exit, start-up of the process included; memory is the peak resident set that the kernel reports.
"""
import argparse
import os
import statistics
import sys

from process import run

COMMANDS = {
    "nothing (--version)": ["--version"],
    "atlas read, checked and compiled (atlas check)": ["atlas", "check"],
    "brief, Optimus-class": ["brief", "--product", "optimus"],
    "brief, G1-class": ["brief", "--product", "g1"],
    "explode to 32 levels, as JSON": ["explode", "--depth", "32", "--format", "json"],
    "expose: every loss, every table, as JSON": ["expose", "--format", "json"],
    "expose: one loss in full": ["expose", "--stop", "CHN/magnet", "--mode", "exports"],
    "disrupt: one scenario of two years by itself": ["disrupt", "--shipped", "all_of_china", "--alone"],
    "disrupt: the same with all that it is set beside": ["disrupt", "--shipped", "all_of_china"],
    "compare: two robots, a thread each": ["compare", "g1", "walker"],
    "company": ["company", "MP"],
    "audit": ["audit"],
    "brief as a page": ["brief", "--volume", "50000", "--format", "html"],
    "brief as a workbook": ["brief", "--volume", "50000", "--format", "xlsx"],
    "one picture of it as SVG": ["brief", "--volume", "50000", "--format", "svg", "--picture", "ladder"],
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--program", default="target/release/linchpin")
    options = parser.parse_args()
    if not os.path.exists(options.program):
        sys.exit(f"{options.program} is missing: cargo build --release")
    seen = {name: [] for name in COMMANDS}
    for _ in range(options.rounds):
        for name, arguments in COMMANDS.items():
            seen[name].append(run(options.program, arguments))
    print(f"{'command':<50} {'ms':>8} {'worst':>8} {'MB':>7}")
    for name, runs in seen.items():
        walls = [wall * 1e3 for wall, _ in runs]
        print(f"{name:<50} {statistics.median(walls):8.1f} {max(walls):8.1f} {max(m for _, m in runs) / 1024:7.1f}")


main()
