#!/usr/bin/env python3
"""Race of trials side by side against the same trials in numpy, on networks of firms that the kernel's example draws.

The example measures itself (CPU time of each thread, the best window), with what the memory of the machine gives in the same
run. numpy works on arrays of as many trials by lanes in single precision: slots by `reduceat`, demand by a product with a
sparse matrix written as `bincount` of each trial. Both must agree on what firms made in the first trial to 1e-4.

Usage: bench/trials.py [--edges 1500,10000,100000] [--trials 16] [--seconds 2] [--big FIRMS]
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))
try:
    import numpy as np
except ImportError:
    print("numpy is missing; type: python3 -m pip install numpy", file=sys.stderr)
    sys.exit(2)

COVER, ADJUSTMENT, CHECKED = 15.0, 6.0, 30
# Thousands of millions of edges, trials and ticks a second for one and two threads, by edges: set for a Zen 5.
TARGETS = {1500: (4.5, 8.5), 10000: (3.8, 7.5), 100000: (2.0, 2.6)}
EXAMPLE = ["cargo", "run", "--release", "-q", "-p", "linchpin-kernel", "--example", "trials", "--"]


def twin(file, trials, seconds):
    """Ticks in numpy: edges, thousands of millions of edges, trials and ticks a second, and what is off in the first trial."""
    firms, lanes = [], []
    for line in open(file):
        cells = line.split("\t")
        (firms if cells[0] == "firm" else lanes).append([float(cell) for cell in cells if cell != "firm"])
    final, left, expected = np.array(firms).T
    lanes = np.array(lanes)
    client, slot_of, supplier = (lanes[:, k].astype(np.int64) for k in range(3))
    single = np.float32
    amount, count = lanes[:, 3].astype(single), final.size
    usual = (np.bincount(supplier, lanes[:, 3], count) + final).astype(single)
    final, left = final.astype(single), np.broadcast_to(left.astype(single), (trials, count))
    first = np.flatnonzero(np.append(True, slot_of[1:] != slot_of[:-1]))
    slot = np.repeat(np.arange(first.size), np.diff(np.append(first, client.size)))
    slot_client = client[first]
    buyers, first_slot = np.unique(slot_client, return_index=True)
    need = np.add.reduceat(amount, first)
    stock = np.broadcast_to(single(COVER) * amount, (trials, amount.size)).copy()
    received = np.broadcast_to(amount, stock.shape).copy()
    made = np.broadcast_to(usual, left.shape).copy()
    cells = (np.arange(trials)[:, None] * count + supplier).ravel()
    ticks, best, ended = 0, np.inf, time.process_time() + seconds
    while ticks < CHECKED or time.process_time() < ended:
        begun = time.process_time()
        rate = made / usual
        held = np.add.reduceat(stock, first, axis=1)
        used = np.divide(rate[:, slot_client] * need, held, out=np.zeros_like(held), where=held > 1e-20)
        stock = np.maximum(0, stock + received - stock * used[:, slot])
        goal = rate[:, client] * amount
        orders = np.maximum(0, goal + (single(COVER) * goal - stock) / single(ADJUSTMENT))
        demand = np.bincount(cells, orders.ravel(), trials * count).astype(single).reshape(trials, count) + final
        limit = np.full(demand.shape, np.inf, single)
        lasts = np.add.reduceat(stock, first, axis=1) / need
        limit[:, buyers] = np.minimum.reduceat(lasts, first_slot, axis=1) * usual[buyers]
        made = np.minimum(np.minimum(usual * left, limit), demand)
        met = np.divide(made, demand, out=np.zeros_like(made), where=demand > 0)
        received = orders * met[:, supplier]
        best = min(best, time.process_time() - begun)
        ticks += 1
        if ticks == CHECKED:
            off = np.max(np.abs(made[0] - expected) / np.maximum(np.abs(expected), 1e-3))
            if off > 1e-4:
                sys.exit(f"numpy and the kernel differ by {off:g}")
            left = np.ones_like(left)
    return amount.size, amount.size * trials / best / 1e9, off


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--edges", default="1500,10000,100000")
    parser.add_argument("--trials", type=int, default=16)
    parser.add_argument("--seconds", default="2")
    parser.add_argument("--big", default="")
    given = parser.parse_args()
    big = ["--big", given.big] if given.big else []
    print(subprocess.run([*EXAMPLE, "--edges", given.edges, "--seconds", given.seconds, *big], check=True, text=True,
                         stdout=subprocess.PIPE).stdout)  # fmt: skip
    print("edges\tthreads\tG edges·trials·ticks/s\ttarget\tof target\tnumpy\tx numpy")
    for edges in map(int, given.edges.split(",")):
        with tempfile.NamedTemporaryFile() as file:
            subprocess.run([*EXAMPLE, "--edges", str(edges), "--write", file.name], check=True)
            numpy_rate = twin(file.name, given.trials, float(given.seconds))[1]
        command = [*EXAMPLE, "--no-memory", "--edges", str(edges), "--seconds", given.seconds]
        output = subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout
        rows = [line.split("\t") for line in output.splitlines() if "\tSingle\t" in line]
        best = max(int(row[3]) for row in rows)
        for row in (row for row in rows if int(row[3]) == best):
            threads, rate = int(row[4]), float(row[5])
            target = TARGETS.get(edges, (0, 0))[min(threads, 2) - 1]
            part = f"{rate / target:.2f}" if target else "–"
            print(f"{row[0]}\t{threads}\t{rate:.2f}\t{target}\t{part}\t{numpy_rate:.3f}\t{rate / numpy_rate:.0f}")


if __name__ == "__main__":
    main()
