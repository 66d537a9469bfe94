#!/usr/bin/env python3
"""Race of Linchpin's availability kernel against a plain fixed-point iteration with scipy, on synthetic networks.

The networks are made by the kernel's example program: 12 levels, 1 to 4 slots a site, shares that sum to 1. `layered` has no
cycles; in `feedback` one lane in ten comes from anywhere; in `tangled` every lane does. Losses are, in turn, one
site stopped, ten sites at half, twenty lanes closed. scipy answers the first ones, one after the other, from 1 downwards
until no site changes by more than 1e-12, and must agree to 1e-9.

Usage: bench/availability.py [--sites 100000] [--lanes 1000000] [--losses 1000] [--runs 3] [--shapes layered,feedback]
                             [--tolerance 1e-7]
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import scipy.sparse as sparse

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ["-p", "linchpin-kernel", "--example", "availability"]
PEER_LOSSES = 6


class Plain:
    """All sites again and again: a sparse product for the slots, the least slot of each site by `reduceat`."""

    def __init__(self, folder, sites):
        self.read = lambda name, kind: np.fromfile(folder / name, kind)
        slots = self.read("slots.u32", "<u4")
        lane_slots = self.read("lane_slots.u32", "<u4")
        by_site = np.argsort(slots, kind="stable")
        place = np.empty_like(by_site)
        place[by_site] = np.arange(by_site.size)
        rows = place[lane_slots]
        self.order = np.argsort(rows, kind="stable")  # lanes as they stand in the matrix
        start = np.append(0, np.bincount(rows, minlength=slots.size).cumsum())
        suppliers = self.read("suppliers.u32", "<u4")[self.order].astype("<i4")
        shares = self.read("shares.f64", "<f8")[self.order]
        self.matrix = sparse.csr_matrix((shares, suppliers, start), shape=(slots.size, sites))
        self.users, self.first = np.unique(slots[by_site], return_index=True)
        self.lost = {
            what: [self.read(f"lost_{what}{end}", kind) for end, kind in
                   (("_loss.u32", "<u4"), (".u32", "<u4"), ("_left.f64", "<f8"))]
            for what in ("sites", "lanes")
        }  # fmt: skip

    def left(self, what, loss, count):
        result = np.ones(count)
        of, things, left = self.lost[what]
        np.minimum.at(result, things[of == loss], left[of == loss])
        return result

    def under(self, loss):
        sites = self.matrix.shape[1]
        own = self.left("sites", loss, sites)
        matrix = self.matrix.copy()
        matrix.data *= self.left("lanes", loss, matrix.nnz)[self.order]
        available, rounds = np.ones(sites), 0
        while True:
            made = np.ones(sites)
            made[self.users] = np.minimum(1.0, np.minimum.reduceat(matrix @ available, self.first))
            made *= own
            change, available, rounds = np.max(np.abs(made - available)), made, rounds + 1
            if change <= 1e-12:
                return available, rounds


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=int, default=100_000)
    parser.add_argument("--lanes", type=int, default=1_000_000)
    parser.add_argument("--losses", type=int, default=200, help="default 200")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--tolerance", type=float, default=0.0, help="part of a site's output left to settle; default 1e-13")
    parser.add_argument("--shapes", default="layered,feedback")
    options = parser.parse_args()
    subprocess.run(["cargo", "build", "--release", "--quiet", *EXAMPLE], cwd=ROOT, check=True)
    print("| network | lanes | on cycles | set-up s | one loss ms | worst ms | losses | 1 thread s | 2 threads s | most sweeps"
          " | scipy, one loss ms | rounds | x |")  # fmt: skip
    print("| --- " * 13 + "|")
    for shape in options.shapes.split(","):
        with tempfile.TemporaryDirectory(prefix="linchpin-bench-") as folder:
            sizes = [options.sites, options.lanes, options.losses, options.runs, options.tolerance]
            command = ["cargo", "run", "--release", "--quiet", *EXAMPLE, "--", shape, folder, *map(str, sizes)]
            figures = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
            if not figures["same_bits"]:
                sys.exit("the kernel's answers depend on threads or company")
            own = np.fromfile(Path(folder) / "single.f64", "<f8").reshape(-1, options.sites)
            peer, times, rounds = Plain(Path(folder), options.sites), [], []
            for loss in range(min(PEER_LOSSES, len(own))):
                start = time.perf_counter()
                available, count = peer.under(loss)
                times.append(time.perf_counter() - start)
                rounds.append(count)
                worst = np.max(np.abs(available - own[loss]))
                if not worst <= max(1e-9, 100 * options.tolerance):
                    sys.exit(f"{shape}, loss {loss}: the kernel disagrees with scipy by {worst:.1e}")
        plain = statistics.median(times)
        print(f"| {shape} | {figures['lanes']:,} | {figures['on_cycles']:,} | {figures['setup_s']:.2f}"
              f" | {1e3 * figures['single_s']:.3g} | {1e3 * figures['single_worst_s']:.3g} | {figures['losses']}"
              f" | {figures['many_1_s']:.3g} | {figures['many_2_s']:.3g} | {figures['most_sweeps']}"
              f" | {1e3 * plain:.3g} | {max(rounds)} | {plain / figures['single_s']:.3g} |")  # fmt: skip
        print(f"{shape}: checksum {figures['checksum']:.12g}, residual {figures['residual']:.1e}", file=sys.stderr)


main()
