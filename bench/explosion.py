#!/usr/bin/env python3
"""Race of Linchpin's explosion kernel against scipy and DuckDB on a synthetic bill of materials.

The graph has 12 levels that widen by 1.35; every part below the top has one parent and, on average, one more,
both drawn from the level above; quantities are 1 to 3. All methods compute the gross requirement of every part
for the same demand, and must agree to 1e-9.

Every round runs the methods one after the other, so a busy machine slows all of them; of a method's five runs in a
round the median counts. The table shows medians over rounds, and ratios are medians of the ratios inside a round.

Usage: bench/explosion.py [--lines 10000000] [--rounds 5]
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

try:
    import duckdb
    import numpy as np
    import scipy.sparse as sparse
except ImportError as missing:
    print(f"{missing.name} is missing; type: python3 -m pip install numpy scipy duckdb", file=sys.stderr)
    sys.exit(2)

ROOT = Path(__file__).resolve().parent.parent
LEVELS, WIDENING, PARENTS_EACH, SEED = 12, 1.35, 2.0, 3
RUNS = 5  # of a method in a round, of which the median counts
EXAMPLE = ["-p", "linchpin-kernel", "--example", "explosion"]


def bill_of_materials(lines):
    """First part of each level, and parents, children, quantities and demand."""
    random = np.random.default_rng(SEED)
    width = WIDENING ** np.arange(LEVELS)
    sizes = np.maximum(4, (int(lines / PARENTS_EACH) * width / width.sum()).astype(int))
    first = np.append(0, sizes.cumsum())
    parts = int(first[-1])
    wanted = (lines * sizes[1:] / sizes[1:].sum()).astype(int)
    pairs = []
    for level in range(1, LEVELS):
        extra = max(0, wanted[level - 1] - sizes[level])
        below = np.append(
            np.arange(first[level], first[level + 1]), random.integers(first[level], first[level + 1], extra)
        )
        above = random.integers(first[level - 1], first[level], below.size)
        pairs.append(np.unique(above * parts + below))
    parents, children = np.divmod(np.concatenate(pairs), parts)
    quantities = random.integers(1, 4, parents.size).astype(float)
    demand = np.zeros(parts)
    demand[: first[1]] = random.integers(1, 100, first[1])
    return first, parents, children, quantities, demand


def timed(work):
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


class MatVecs:
    """Sum of powers: one product with the whole matrix per level."""

    name, threads = "scipy, a product with the whole matrix per level", 1

    def __init__(self, first, parents, children, quantities, demand):
        self.demand = demand
        self.matrix = sparse.csr_matrix((quantities, (children, parents)), shape=(demand.size, demand.size))

    def run(self):
        total, wave = self.demand.copy(), self.demand
        while wave.any():
            wave = self.matrix @ wave
            total += wave
        return total


class LevelRows:
    """The same arithmetic as the kernel's: each line once, given that parts are numbered by level."""

    name, threads = "scipy, the rows of one level at a time", 1

    def __init__(self, first, parents, children, quantities, demand):
        self.demand = demand
        whole = sparse.csr_matrix((quantities, (children, parents)), shape=(demand.size, demand.size))
        self.levels = [
            (slice(a, b), slice(z, a), whole[a:b, z:a]) for z, a, b in zip(first, first[1:], first[2:], strict=False)
        ]

    def run(self):
        total = self.demand.copy()
        for own, above, rows in self.levels:
            total[own] += rows @ total[above]
        return total


class Joins:
    """One aggregated join per level."""

    name, threads = "DuckDB, one aggregated join per level", 2

    def __init__(self, first, parents, children, quantities, demand):
        self.parts = demand.size
        self.base = duckdb.connect(config={"threads": self.threads})
        bill = {"parent": parents, "child": children, "quantity": quantities}
        top = np.flatnonzero(demand)
        need = {"part": top, "need": demand[top]}
        for table, columns in (("bill", bill), ("demand", need)):
            self.base.register("columns", columns)
            self.base.execute(f"create table {table} as select * from columns")
            self.base.unregister("columns")

    def run(self):
        self.base.execute("create or replace temp table wave as from demand")
        self.base.execute("create or replace temp table total as from demand")
        while self.base.execute("select count(*) from wave").fetchone()[0]:
            self.base.execute(
                "create or replace temp table wave as select child as part, sum(need * quantity) as need"
                " from wave join bill on parent = part group by child"
            )
            self.base.execute("insert into total from wave")
        found = self.base.execute("select part, sum(need) as need from total group by part").fetchnumpy()
        total = np.zeros(self.parts)
        total[found["part"]] = found["need"]
        return total


def dump(folder, parents, children, quantities, demand):
    parents.astype("<u4").tofile(folder / "parents.u32")
    children.astype("<u4").tofile(folder / "children.u32")
    quantities.astype("<f8").tofile(folder / "coefficients.f64")
    demand.astype("<f8").tofile(folder / "demand.f64")


def kernel(folder):
    command = ["cargo", "run", "--release", "--quiet", *EXAMPLE, "--", str(folder), str(RUNS)]
    figures = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    if not figures["same_bits"]:
        sys.exit("the kernel's result depends on the number of threads")
    return figures, np.fromfile(folder / "gross.f64", "<f8")


def agree(name, result, expected):
    worst = np.max(np.abs(result - expected) / np.maximum(np.abs(expected), 1e-300))
    if not worst <= 1e-9:
        sys.exit(f"{name} disagrees with scipy by {worst:.1e}")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--lines", type=int, default=10_000_000, help="lines wanted (default 10 million)")
    arguments.add_argument("--rounds", type=int, default=5, help="interleaved rounds (default 5)")
    options = arguments.parse_args()

    graph = bill_of_materials(options.lines)
    lines, parts = graph[1].size, graph[4].size
    subprocess.run(["cargo", "build", "--release", "--quiet", *EXAMPLE], cwd=ROOT, check=True)
    setup, peers = {}, []
    for peer in (MatVecs, LevelRows, Joins):
        setup[peer.name], ready = timed(lambda peer=peer: peer(*graph))
        peers.append(ready)

    rounds, expected = [], peers[0].run()
    with tempfile.TemporaryDirectory(prefix="linchpin-bench-") as folder:
        folder = Path(folder)
        dump(folder, *graph[1:])
        for number in range(options.rounds):
            if sys.stderr.isatty():
                print(f"round {number + 1} of {options.rounds}", end="\r", file=sys.stderr)
            seconds = {}
            figures, result = kernel(folder)
            agree("the kernel", result, expected)
            for peer in peers:
                peer.run()  # Warms caches, as the kernel's first run does; neither is counted.
                runs = [timed(peer.run) for _ in range(RUNS)]
                seconds[peer.name] = statistics.median(time for time, _ in runs)
                agree(peer.name, runs[-1][1], expected)
                del runs
            rounds.append((figures, seconds))

    def median(what):
        return statistics.median(figures[what] for figures, _ in rounds)

    setup_s = median("setup_s")
    rows = []
    for label, key in (
        ("Linchpin, sweep", "sweep"),
        ("Linchpin, sweep and renumbering", "whole"),
        ("Linchpin, `gross()` with fresh arrays", "gross"),
    ):
        for threads in (1, 2):
            times = [
                figures[f"sweep_{threads}_s"] + figures[f"renumber_{threads}_s"]
                if key == "whole"
                else figures[f"{key}_{threads}_s"]
                for figures, _ in rounds
            ]
            rows.append((label, threads, setup_s, times))
    for peer in peers:
        rows.append((peer.name, peer.threads, setup[peer.name], [seconds[peer.name] for _, seconds in rounds]))

    print(f"{lines:,} lines, {parts:,} parts, {LEVELS} levels; {options.rounds} rounds, medians")
    print(f"checksum {expected.sum():.12g}; all results agree to 1e-9; kernel: same bits on 1 and 2 threads\n")
    print("| method | threads | set-up s | run ms | M lines/s | x whole matrix | x rows of a level | x DuckDB |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for label, threads, before, times in rows:
        run = statistics.median(times)
        ratios = [
            statistics.median(seconds[peer.name] / own for own, (_, seconds) in zip(times, rounds, strict=True))
            for peer in peers
        ]
        against = " | ".join(f"{ratio:.2g}" if ratio < 10 else f"{ratio:.0f}" for ratio in ratios)
        print(f"| {label} | {threads} | {before:.2f} | {1e3 * run:.3g} | {lines / run / 1e6:.0f} | {against} |")
    gain = statistics.median(figures["sweep_1_s"] / figures["sweep_2_s"] for figures, _ in rounds)
    print(f"\nTwo threads sweep {gain:.2f} times as fast as one.", end=" ")
    print(f"Renumbering (demand in, result out): {1e3 * median('renumber_1_s'):.3g} ms on one thread,", end=" ")
    print(f"{1e3 * median('renumber_2_s'):.3g} ms on two.", end=" ")
    print(f"Adjoint sweep, one thread: {1e3 * median('adjoint_s'):.3g} ms.", end=" ")
    print(f"New coefficients: {1e3 * median('set_coefficients_s'):.3g} ms.")


if __name__ == "__main__":
    main()
