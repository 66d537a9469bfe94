#!/usr/bin/env python3
"""From a robot's model file to a brief, one design beside another, and a hundred revisions of a list.

Usage: bench/models.py [--rounds 9] [--program target/release/linchpin]

Models are the makers' files of crates/linchpin-import/tests/robots. The revisions are drawn from a seed: 5,000 parts, of which
200 change at first and ever fewer. Runs are interleaved and medians told; wall time is from fork to exit.
"""
import datetime
import os
import random
import tempfile

from process import options, race

ROBOTS = "crates/linchpin-import/tests/robots"
MODELS = {
    "G1 with hands, URDF": "unitree_rl_gym/g1_29dof_with_hand_rev_1_0.urdf",
    "AzureLoong, MJCF": "openloong_dyn_control/AzureLoong.xml",
    "ToddlerBot, URDF": "toddlerbot/toddlerbot.urdf",
}
MATERIALS = ["Al 6061", "steel", "PEEK", "Ti-6Al-4V"]


def revisions(folder, files=100, parts=5000):
    """Writes dated lists of one product; returns their names."""
    draw = random.Random(3)
    rows = [[f"P-{n:05}", f"bracket {n}", draw.randint(1, 8), draw.choice(MATERIALS), draw.randint(1, 90)] for n in range(parts)]
    names = []
    for number in range(files):
        for _ in range(max(1, int(200 * 0.96**number))):
            row = rows[draw.randrange(parts)]
            if draw.random() < 0.5:
                row[2] = draw.randint(1, 8)
            else:
                row[3] = draw.choice(MATERIALS)
        day = datetime.date(2024, 1, 1) + datetime.timedelta(days=8 * number)
        names.append(os.path.join(folder, f"r_{day}.csv"))
        with open(names[-1], "w", encoding="utf-8") as file:
            file.write("Part number,Name,Qty,Material,Unit price (USD)\n")
            file.writelines(",".join(map(str, row)) + "\n" for row in rows)
    return names


def main():
    asked = options(__doc__.splitlines()[0], 9)
    with tempfile.TemporaryDirectory() as folder:
        commands = {}
        for at, (name, file) in enumerate(MODELS.items()):
            to = os.path.join(folder, f"m{at}")
            model = os.path.join(ROBOTS, file)
            commands[f"{name}: import"] = ["import", model, "--country", "CHN", "--name", f"m{at}", "--to", to]
            commands[f"{name}: brief"] = ["brief", "--atlas", to]
        both = [os.path.join(folder, "m0"), os.path.join(folder, "m1")]
        commands["compare: two imported models"] = ["compare", *both]
        commands["compare --swap: ferrite in an imported model"] = ["compare", both[0], "--swap", "magnet_n48sh_gbd=magnet_ferrite"]
        commands["revisions: 100 lists of 5,000 parts"] = ["revisions", *revisions(folder)]
        race(asked.program, asked.rounds, commands)


main()
