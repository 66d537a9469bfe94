"""Runs of a program, timed."""
import argparse
import os
import statistics
import subprocess
import sys
import time


def run(program, arguments):
    """Seconds from fork to exit, the peak resident set in KiB, and seconds of processor time."""
    start = time.perf_counter()
    process = subprocess.Popen([program, *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{program} {' '.join(arguments)} failed")
    return wall, usage.ru_maxrss, usage.ru_utime + usage.ru_stime


def options(description, rounds):
    """What is asked on the command line; ends if there is no program."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--rounds", type=int, default=rounds)
    parser.add_argument("--program", default="target/release/linchpin")
    asked = parser.parse_args()
    if not os.path.exists(asked.program):
        sys.exit(f"{asked.program} is missing: cargo build --release")
    return asked


def race(program, rounds, commands):
    """Runs commands in turn, so that a busy moment hits all alike, and prints medians."""
    seen = {name: [] for name in commands}
    for _ in range(rounds):
        for name, arguments in commands.items():
            seen[name].append(run(program, arguments))
    print(f"{'command':<50} {'ms':>8} {'worst':>8} {'MB':>7}")
    for name, runs in seen.items():
        walls = [wall * 1e3 for wall, *_ in runs]
        print(f"{name:<50} {statistics.median(walls):8.1f} {max(walls):8.1f} {max(m for _, m, _ in runs) / 1024:7.1f}")
