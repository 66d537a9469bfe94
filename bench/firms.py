#!/usr/bin/env python3
"""Race of `linchpin firms` against the same model in numpy, on synthetic networks of firms.

A firm has one supplier and on average four more, drawn by rank: the firm of rank r is drawn with a weight of
(r + 10)^-0.75, so that a few supply thousands and most supply one or two. 100 sectors; amounts are lognormal; one firm
in twenty loses half of its capacity, one in two hundred all of it, and gets it back within thirty days. Pro rata, `f64`.

Times are CPU time (user) of one thread, so that a second core that is busy counts for neither. A day of ours is what
the whole program takes for some days more, over their number, so that reading and writing fall out; a day of numpy is
measured around its loop. Every round runs both, one after the other; the table shows medians of rounds, and the ratio is
the median of the ratios inside a round. The series of both must agree to 1e-9.

Usage: bench/firms.py [--firms 10000,100000,1000000] [--rounds 5] [--days 40] [--program target/release/linchpin]
                      [--keep DIR]
"""

import argparse
import csv
import io
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

try:
    import numpy as np
except ImportError:
    print("numpy is missing; type: python3 -m pip install numpy", file=sys.stderr)
    sys.exit(2)

SECTORS, SUPPLIERS, SKEW, RECOVERY, COVER, ADJUSTMENT, SEED = 100, 5, 0.75, 30, 15.0, 6.0, 7
FEW = 2  # days of the shorter of two runs


def network(firms):
    """A network as columns of firms and links."""
    random = np.random.default_rng(SEED)
    weights = np.cumsum((np.arange(firms) + 10.0) ** -SKEW)
    by_rank = random.permutation(firms)
    count = 1 + random.poisson(SUPPLIERS - 1, firms)
    client = np.repeat(np.arange(firms), count)
    supplier = by_rank[np.searchsorted(weights, random.random(client.size) * weights[-1])]
    pairs = np.unique((client * firms + supplier)[client != supplier])
    client, supplier = np.divmod(pairs, firms)
    amount = random.lognormal(3.0, 1.0, client.size).round(3) + 0.001
    sold = np.bincount(supplier, amount, firms)
    bought = np.bincount(client, amount, firms)
    # Everybody adds value: what is sold is at least half as much again as what is bought.
    final = np.maximum(0.1 * bought + 1.0, 1.5 * bought - sold).round(3)
    damage = np.zeros(firms)
    hit = random.permutation(firms)
    damage[hit[: firms // 20]] = 0.5
    damage[hit[: firms // 200]] = 1.0
    sector = random.integers(0, SECTORS, firms)
    return {"sector": sector, "final": final, "damage": damage}, {
        "supplier": supplier, "client": client, "amount": amount
    }  # fmt: skip


def make(folder, count):
    """Writes a network; prints its links and the clients of its largest supplier."""
    folder = Path(folder)
    firms, links = network(count)
    with open(folder / "firms.csv", "w") as file:
        file.write("firm,sector,final_demand,delta,delta_start\n")
        rows = zip(*(firms[name].tolist() for name in ("sector", "final", "damage")))
        file.writelines(f"{firm},{sector},{final},{damage},0\n" for firm, (sector, final, damage) in enumerate(rows))
    with open(folder / "links.csv", "w") as file:
        file.write("supplier,client,amount\n")
        rows = zip(*(links[name].tolist() for name in ("supplier", "client", "amount")))
        file.writelines(f"{supplier},{client},{amount}\n" for supplier, client, amount in rows)
    np.savez(folder / "network.npz", **firms, **links)
    print(json.dumps([links["amount"].size, int(np.bincount(links["supplier"]).max())]))


def twin(folder, days):
    """The model in numpy, from its equations: prints one JSON object."""
    data = np.load(Path(folder) / "network.npz")
    sector, final, damage = data["sector"], data["final"], data["damage"]
    order = np.lexsort((data["supplier"], sector[data["supplier"]], data["client"]))
    supplier, client, amount = (data[name][order] for name in ("supplier", "client", "amount"))
    firms = final.size
    # Links of a client from one sector stand in for each other: a slot.
    slots = client * SECTORS + sector[supplier]
    first = np.flatnonzero(np.append(True, slots[1:] != slots[:-1]))
    slot = np.repeat(np.arange(first.size), np.diff(np.append(first, client.size)))
    slot_client = client[first]
    buyers, first_slot = np.unique(slot_client, return_index=True)
    need = np.add.reduceat(amount, first)
    usual = np.bincount(supplier, amount, firms) + final
    value = 1 - np.bincount(client, amount, firms) / usual
    stock, received, made = COVER * amount, amount.copy(), usual.copy()
    series = []
    start = time.process_time()
    for day in range(days):
        left = 1 - damage * max(0.0, 1 - day / RECOVERY)
        rate = made / usual
        held = np.add.reduceat(stock, first)
        used = np.divide(rate[slot_client] * need, held, out=np.zeros_like(held), where=held > 1e-20)
        stock = np.maximum(0, stock + received - stock * used[slot])
        goal = rate[client] * amount
        orders = np.maximum(0, goal + (COVER * goal - stock) / ADJUSTMENT)
        demand = np.bincount(supplier, orders, firms) + final
        limit = np.full(firms, np.inf)
        limit[buyers] = np.minimum.reduceat(np.add.reduceat(stock, first) / need, first_slot) * usual[buyers]
        made = np.minimum(np.minimum(usual * left, limit), demand)
        met = np.divide(made, demand, out=np.zeros_like(made), where=demand > 0)
        received = orders * met[supplier]
        series.append([made.sum(), (made * value).sum(), (final * met).sum()])
    seconds = (time.process_time() - start) / days
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "memory": memory, "series": series}))


def ours(program, folder, days):
    """CPU seconds, peak megabytes and the series of a run."""
    command = [program, "firms", str(folder), "--days", str(days), "--recovery", str(RECOVERY)]
    command += ["--cover", str(COVER), "--adjustment", str(ADJUSTMENT), "--table", "series", "--format", "csv"]
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output)
        _, status, usage = os.wait4(process.pid, 0)
        if os.waitstatus_to_exitcode(status) != 0:
            sys.exit(f"{' '.join(command)} failed")
        output.seek(0)
        rows = list(csv.DictReader(io.TextIOWrapper(output)))
    columns = ("output", "value_added", "consumption")
    series = [[float(row[name]) for name in columns] for row in rows if int(row["day"]) >= 0]
    return usage.ru_utime, usage.ru_maxrss / 1024, series


def own(*arguments):
    """What this script prints with other arguments, in a process of its own: this one stays small, because the memory of
    the program is told no lower than that of the process that starts it."""
    one_thread = {**os.environ, **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")}
    command = [sys.executable, __file__, *map(str, arguments)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, env=one_thread).stdout)


def race(program, folder, days, count):
    rounds = []
    for _ in range(count):
        short, _, _ = ours(program, folder, FEW)
        long, memory, series = ours(program, folder, FEW + days)
        numpy = own("--twin", folder, "--days", days)
        off = np.max(np.abs(np.array(series[:days]) / np.array(numpy["series"]) - 1))
        if not off <= 1e-9:
            sys.exit(f"the series differs from numpy's by {off:.1e}")
        day = (long - short) / days
        rounds.append((day, numpy["seconds"], numpy["seconds"] / day, long, memory, numpy["memory"]))
    return [statistics.median(column) for column in zip(*rounds)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--firms", default="10000,100000,1000000")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--days", type=int, default=40)
    parser.add_argument("--program", default="target/release/linchpin")
    parser.add_argument("--keep", metavar="DIR", help="write the networks here and leave them")
    parser.add_argument("--twin", metavar="DIR", help=argparse.SUPPRESS)
    parser.add_argument("--make", metavar="DIR", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.make:
        return make(options.make, int(options.firms))
    if options.twin:
        return twin(options.twin, options.days)
    if not os.path.exists(options.program):
        sys.exit(f"{options.program} is missing: cargo build --release")
    print("| firms | links | largest supplier's clients | ms a day | M links a day/s | numpy, ms a day | x"
          " | whole run, CPU s | MB | numpy, MB |")  # fmt: skip
    print("| --- " * 10 + "|")
    for count in map(int, options.firms.split(",")):
        with tempfile.TemporaryDirectory(prefix="linchpin-bench-") as folder:
            folder = Path(folder) if not options.keep else Path(options.keep) / str(count)
            folder.mkdir(parents=True, exist_ok=True)
            size, hub = own("--make", folder, "--firms", count)
            # A day of a small network is too short for the clock of a process.
            days = max(options.days, 4_000_000 // count)
            day, numpy, ratio, whole, memory, peer_memory = race(options.program, folder, days, options.rounds)
        print(f"| {count:,} | {size:,} | {hub:,} | {1e3 * day:.3g} | {size / day / 1e6:.3g} | {1e3 * numpy:.3g}"
              f" | {ratio:.3g} | {whole:.3g} | {memory:.0f} | {peer_memory:.0f} |", flush=True)  # fmt: skip


main()
