#!/usr/bin/env python3
"""Race of `linchpin outages` against the same model in numpy, vectorised over trials as Python users write it.

5,000 parts in five levels (each of the upper four made of two to six children), 1,000 suppliers; parts of the lowest level
have one to three of them. Every week a supplier fails with its hazard (0.002 % to 0.04 %) and comes back with chance 1 / mean; a
part of the lowest level holds 0 to 4 weeks of stock; a part has what the scarcest of its children has.

Ours is the whole process: reading, draws, statistics, tables. Numpy is the trials and their statistics, once the network is in its arrays;
32-bit floats, batches of 250 trials. Rounds run one after the other; the table shows medians. Mean, median, P95 and P99 must agree within
four standard errors of their difference, and the five worst suppliers are shown with what the sixth has. The last rows have hazards a hundred times as high,
where nearly every part is touched and nothing can be skipped.

Usage: bench/outages.py [--rounds 3] [--trials 10000] [--program target/release/linchpin] [--network DIR]
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

try:
    import numpy as np
except ImportError:
    print("numpy is missing; type: python3 -m pip install numpy", file=sys.stderr)
    sys.exit(2)

PARTS, SUPPLIERS, WEEKS, BATCH, SEED = 5000, 1000, 52, 250, 7
LEVELS = (0.004, 0.03, 0.13, 0.30)
FILES = {
    "parts": ("part", "level"),
    "bom": ("parent", "child"),
    "suppliers": ("supplier", "hazard", "mean_down"),
    "sourcing": ("part", "supplier", "share"),
    "buffers": ("part", "buffer_weeks"),
    "products": ("part", "demand"),
}


def network():
    """Columns by file and name."""
    random = np.random.default_rng(SEED)
    sizes = [max(10, int(PARTS * share)) for share in LEVELS]
    sizes.append(PARTS - sum(sizes))
    start = np.cumsum([0, *sizes])
    lines, sources = [], []
    for level in range(4):
        for part in range(start[level], start[level + 1]):
            children = np.unique(random.integers(start[level + 1], start[level + 2], random.integers(2, 7)))
            lines += [(part, child) for child in children]
    for part in range(start[4], start[5]):
        chosen = random.choice(SUPPLIERS, random.choice([1, 2, 3], p=[0.5, 0.35, 0.15]), replace=False)
        weight = random.random(chosen.size) + 0.2
        sources += [(part, supplier, share) for supplier, share in zip(chosen, weight / weight.sum())]
    (parent, child), (part, supplier, share) = zip(*lines), zip(*sources)
    leaves = np.arange(start[4], start[5])
    return {
        "parts": {"part": np.arange(PARTS), "level": np.repeat(np.arange(5), sizes)},
        "bom": {"parent": np.array(parent), "child": np.array(child)},
        "sourcing": {"part": np.array(part), "supplier": np.array(supplier), "share": np.array(share)},
        "buffers": {"part": leaves, "buffer_weeks": random.integers(0, 5, leaves.size).astype(float)},
        "suppliers": {
            "supplier": np.arange(SUPPLIERS),
            "hazard": random.uniform(0.00002, 0.0004, SUPPLIERS),
            "mean_down": random.uniform(2, 12, SUPPLIERS),
        },
        "products": {"part": np.arange(sizes[0]), "demand": random.uniform(10, 100, sizes[0])},
    }


def load(folder):
    """A network from files, whose names are whole numbers."""
    read = lambda file: np.genfromtxt(f"{folder}/{file}.csv", delimiter=",", names=True)
    whole = lambda name, column: column.astype(int) if name in ("part", "level", "parent", "child", "supplier") else column
    return {f: {n: whole(n, table[n]) for n in names} for f, names in FILES.items() for table in [read(f)]}


def save(net, folder):
    for file, names in FILES.items():
        rows = zip(*(net[file][name].tolist() for name in names))
        text = "\n".join(",".join(map(repr, row)) for row in rows)
        with open(f"{folder}/{file}.csv", "w", encoding="utf-8") as out:
            out.write(",".join(names) + "\n" + text + "\n")


class Twin:
    """The model in numpy: arrays are trials × suppliers, parts of a level or products."""

    def __init__(self, net):
        single = lambda values: np.asarray(values, np.float32)
        level = net["parts"]["level"]
        self.start = np.searchsorted(level, np.arange(6))
        order = np.argsort(net["sourcing"]["part"], kind="stable")
        self.supplier = net["sourcing"]["supplier"][order]
        self.share = single(net["sourcing"]["share"][order])
        leaves = np.arange(self.start[4], self.start[5])
        self.first = np.searchsorted(net["sourcing"]["part"][order], leaves)
        self.buffer = single(net["buffers"]["buffer_weeks"])
        self.hazard = single(net["suppliers"]["hazard"])
        self.back = single(1 / net["suppliers"]["mean_down"])
        self.demand = single(net["products"]["demand"])
        parent, child = net["bom"]["parent"], net["bom"]["child"]
        self.steps = []
        for l in (3, 2, 1, 0):
            own = (parent >= self.start[l]) & (parent < self.start[l + 1])
            order = np.argsort(parent[own], kind="stable")
            first = np.searchsorted(parent[own][order], np.arange(self.start[l], self.start[l + 1]))
            self.steps.append((child[own][order] - self.start[l + 1], first))

    def trials(self, count, seed):
        """Loss by trial and weeks down by trial and supplier."""
        random = np.random.default_rng(seed)
        up = np.ones((count, self.hazard.size), bool)
        stock = np.broadcast_to(self.buffer, (count, self.buffer.size)).copy()
        loss = np.zeros((count, self.demand.size), np.float32)
        down = np.zeros(up.shape, np.int16)
        for _ in range(WEEKS):
            coin = random.random(up.shape, dtype=np.float32)
            up = np.where(up, coin >= self.hazard, coin < self.back)
            down += ~up
            rate = np.add.reduceat(up[:, self.supplier] * self.share, self.first, axis=1)
            available = np.minimum(1.0, rate + stock)
            stock = np.minimum(self.buffer, stock + rate - available + 0.1 * (rate >= 0.999)).astype(np.float32)
            np.maximum(stock, 0, out=stock)
            for child, first in self.steps:
                available = np.minimum.reduceat(available[:, child], first, axis=1)
            loss += (1 - available) * self.demand
        return loss, down

    def run(self, count, seed):
        """Seconds, losses as parts of what is wanted, mean losses by supplier in trials with him down."""
        begin = time.perf_counter()
        parts = [self.trials(min(BATCH, count - b), seed + b) for b in range(0, count, BATCH)]
        loss = np.concatenate([p[0] for p in parts]).astype(float).sum(1) / (self.demand.sum(dtype=float) * WEEKS)
        hit = np.concatenate([p[1] for p in parts]) > 0
        when_down = (hit * loss[:, None]).sum(0) / np.maximum(1, hit.sum(0))
        np.quantile(loss, [0.5, 0.95, 0.99])
        return time.perf_counter() - begin, loss, when_down


def ours(program, folder, trials, threads, limit=6):
    """Seconds of the whole process, and its tables by name."""
    command = [program, "outages", folder, "--trials", str(trials), "--weeks", str(WEEKS), "--threads", str(threads)]
    begin = time.perf_counter()
    out = subprocess.run([*command, "--limit", str(limit), "--format", "json"], stdout=subprocess.PIPE, check=True)
    wall = time.perf_counter() - begin
    return wall, {table["name"]: table["rows"] for table in json.loads(out.stdout)["tables"]}


def quantile_error(loss, p):
    """Standard error of a quantile, from the distribution function inverted."""
    reach = 1.96 * np.sqrt(p * (1 - p) / loss.size)
    return float(np.subtract(*np.quantile(loss, [min(p + reach, 1), max(p - reach, 0)])) / (2 * 1.96))


def agree(loss, rows):
    """Ends the program if the two differ by more than chance explains."""
    theirs = {"mean": (loss.mean(), loss.std() / np.sqrt(loss.size))}
    theirs |= {f"p{int(100 * p)}": (np.quantile(loss, p), quantile_error(loss, p)) for p in (0.5, 0.95, 0.99)}
    mine = {row["key"]: row for row in rows}
    for name, (value, error) in theirs.items():
        row = mine[name]
        off = (row["value"] - value) / np.hypot(error, row["error"])
        print(f"  {name:<5} numpy {value:.5f} ± {error:.5f}   linchpin {row['value']:.5f} ± {row['error']:.5f}   {off:+.1f}")
        if abs(off) > 4:
            sys.exit(f"{name} differs by {off:.1f} standard errors")


def race(name, net, folder, asked):
    twin = Twin(net)
    seen = {"numpy": [], 1: [], 2: []}
    for _ in range(asked.rounds):
        seconds, loss, when_down = twin.run(asked.trials, 1000)
        seen["numpy"].append(seconds)
        for threads in (1, 2):
            seconds, tables = ours(asked.program, folder, asked.trials, threads)
            seen[threads].append(seconds)
    print(f"{name}: {asked.trials} trials, {WEEKS} weeks, {asked.rounds} rounds, medians")
    agree(loss, tables["loss"])
    worst = np.argsort(-when_down)[:6]
    print("  worst when down, numpy   ", *(f"{s} {when_down[s]:.4f}" for s in worst))
    print("  worst when down, linchpin", *(f"{r['supplier']} {r['value']:.4f}±{r['error']:.4f}" for r in tables["when_down"]))
    numpy = statistics.median(seen["numpy"])
    print(f"  numpy {numpy:.2f} s")
    for threads in (1, 2):
        seconds = statistics.median(seen[threads])
        ratio = statistics.median(n / s for n, s in zip(seen["numpy"], seen[threads]))
        print(f"  linchpin, {threads} threads {seconds:.3f} s   {ratio:.0f} x")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--trials", type=int, default=10000)
    parser.add_argument("--program", default="target/release/linchpin")
    parser.add_argument("--network", help="folder with the six files; made if not given")
    asked = parser.parse_args()
    if not os.path.exists(asked.program):
        sys.exit(f"{asked.program} is missing: cargo build --release")
    net = load(asked.network) if asked.network else network()
    for name, factor in (("hazards as they are", 1), ("hazards × 100", 100)):
        net["suppliers"]["hazard"] = net["suppliers"]["hazard"] * factor
        with tempfile.TemporaryDirectory() as folder:
            save(net, folder)
            race(name, net, folder, asked)


main()
