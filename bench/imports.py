#!/usr/bin/env python3
"""Run time and memory of `linchpin import`, and of `brief` and `expose` on what it wrote, on generated parts lists.

Usage: bench/imports.py [--rounds 5] [--large] [--program target/release/linchpin] [--against OTHER]

The lists have a fixed seed: part numbers, names such as `M3x8 screw` or `harmonic drive CSF-14`, makers, prices, masses,
quantities and a column of levels. Runs are interleaved; the table gives medians, so that a busy moment hits all alike. Wall time
is from fork to exit; memory is the peak resident set that the kernel reports, in millions of bytes. --large adds lists of a
million lines, --against a second program that runs in the same rounds.
"""
import argparse
import csv
import os
import random
import shutil
import statistics
import sys
import tempfile
import zipfile

from process import run

HEADER = ["Level", "Part number", "Name", "Manufacturer", "Unit price (USD)", "Mass (g)", "Qty"]
NAMES = [
    "M{a}x{b} screw",
    "bearing 68{c:02d}",
    "harmonic drive CSF-{d}",
    "BLDC motor {e} W",
    "magnet ring {b} mm",
    "encoder AS5{c:02d}7",
    "connector JST {c} pin",
    "bracket aluminium {b} mm",
    "PCB controller v{c}",
    "cable {b} cm",
    "IMU BMI{c}",
    "spacer {b} mm",
    "lithium cell 21{c:02d}",
    "timing belt {b} mm",
]
MAKERS = ["Maxon", "Harmonic Drive", "NSK", "SKF", "Bosch", "TDK", "Molex", "JST", "", "Nidec"]
COUNTRIES = ["China", "Japan", "Germany", "USA", "Taiwan", "South Korea"]


def part(at, seed):
    """What is said of a part, the same wherever it is listed."""
    draw = random.Random(at * 7 + seed)
    name = draw.choice(NAMES).format(
        a=draw.randint(2, 8),
        b=draw.randint(4, 80),
        c=draw.randint(0, 12),
        d=draw.choice([14, 17, 20, 25]),
        e=draw.choice([50, 80, 120, 400]),
    )
    return [f"PN-{at:07d}", name, draw.choice(MAKERS), f"{draw.uniform(0.05, 200):.2f}", f"{draw.uniform(1, 900):.1f}"]


def rows(lines, parts, seed=1):
    """Lines of a list: every part once, then any of them again."""
    draw = random.Random(seed)
    for line in range(lines):
        at = line if line < parts else draw.randrange(parts)
        yield [1, *part(at, seed), draw.randint(1, 8)]


def parts_list(path, lines, parts):
    with open(path, "w", newline="") as file:
        table = csv.writer(file)
        table.writerow(HEADER)
        table.writerows(rows(lines, parts))


def vendor_list(path, parts):
    """Two suppliers of every part."""
    draw = random.Random(2)
    with open(path, "w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["Part number", "Supplier", "Country", "Share", "Lead time (weeks)", "Min order"])
        for at in range(parts):
            for share in (0.6, 0.4):
                supplier, country = f"Supplier {draw.randrange(400)}", draw.choice(COUNTRIES)
                weeks, least = draw.randint(2, 30), draw.choice([1, 10, 100])
                table.writerow([f"PN-{at:07d}", supplier, country, share, weeks, least])


def workbook(path, lines, parts):
    """The least that a spreadsheet program takes for a workbook: texts beside their cells."""
    kinds = "http://schemas.openxmlformats.org"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    types = (
        f'<Types xmlns="{kinds}/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{main}.worksheet+xml"/></Types>'
    )
    link = (
        f'<Relationships xmlns="{kinds}/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{kinds}/officeDocument/2006/relationships/%s" Target="%s"/></Relationships>'
    )
    book = (
        f'<workbook xmlns="{kinds}/spreadsheetml/2006/main" '
        f'xmlns:r="{kinds}/officeDocument/2006/relationships"><sheets>'
        '<sheet name="Parts" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )

    def cell(column, row, value):
        at = f"{'ABCDEFG'[column]}{row}"
        if column in (0, 4, 5, 6) and row > 1:
            return f'<c r="{at}"><v>{value}</v></c>'
        return f'<c r="{at}" t="inlineStr"><is><t>{value}</t></is></c>' if value else ""

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", head + types)
        file.writestr("_rels/.rels", head + link % ("officeDocument", "xl/workbook.xml"))
        file.writestr("xl/workbook.xml", head + book)
        file.writestr("xl/_rels/workbook.xml.rels", head + link % ("worksheet", "worksheets/sheet1.xml"))
        with file.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'{head}<worksheet xmlns="{kinds}/spreadsheetml/2006/main"><sheetData>'.encode())
            for number, row in enumerate([HEADER, *rows(lines, parts)], 1):
                cells = "".join(cell(column, number, value) for column, value in enumerate(row))
                sheet.write(f'<row r="{number}">{cells}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--large", action="store_true", help="lists of a million lines too, once")
    parser.add_argument("--program", default="target/release/linchpin")
    parser.add_argument("--against", help="another program to run in the same rounds")
    options = parser.parse_args()
    programs = {"": options.program} | ({"against: ": options.against} if options.against else {})
    for program in programs.values():
        if not os.path.exists(program):
            sys.exit(f"{program} is missing: cargo build --release")
    programs = {said: os.path.abspath(program) for said, program in programs.items()}
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        parts_list("few.csv", 5_000, 5_000)
        vendor_list("vendors.csv", 5_000)
        parts_list("fewer.csv", 300, 300)
        vendor_list("theirs.csv", 300)
        workbook("rows.xlsx", 100_000, 100_000)
        # What it is, its files, and which verbs are asked of it.
        small = [
            ("5,000 parts, CSV", ["few.csv"], ["brief"]),
            ("5,000 parts, two suppliers each, CSV", ["few.csv", "vendors.csv"], ["brief", "expose"]),
            ("300 parts, two suppliers each, CSV", ["fewer.csv", "theirs.csv"], ["brief", "expose"]),
        ]
        large = [("100,000 rows, XLSX", ["rows.xlsx"], [])]
        if options.large:
            parts_list("lines.csv", 1_000_000, 20_000)
            parts_list("parts.csv", 1_000_000, 1_000_000)
            large.append(("1,000,000 lines, 20,000 parts, CSV", ["lines.csv"], []))
            large.append(("1,000,000 parts, CSV", ["parts.csv"], []))
        seen = {}
        for number in range(options.rounds):
            for name, files, verbs in small + (large if number == 0 else []):
                for said, program in programs.items():
                    shutil.rmtree("own", ignore_errors=True)
                    arguments = ["import", *files, "--country", "USA", "--name", "own"]
                    seen.setdefault((said + name, "import"), []).append(run(program, arguments))
                    for verb in verbs:
                        arguments = [verb, "--atlas", "own", "--product", "own"]
                        seen.setdefault((said + name, verb), []).append(run(program, arguments))
    print(f"{'list':<48} {'verb':<7} {'s':>7} {'worst':>7} {'MB':>7}")
    for (name, verb), runs in seen.items():
        walls = [wall for wall, *_ in runs]
        print(f"{name:<48} {verb:<7} {statistics.median(walls):7.2f} {max(walls):7.2f} {max(m for _, m, _ in runs) * 1024 / 1e6:7.0f}")


main()
