#!/usr/bin/env python3
"""Run time and memory of the program itself: reading, checking and compiling the atlas, and its answers in their forms.

Usage: bench/program.py [--rounds 21] [--program target/release/linchpin]

Runs are interleaved; the table gives medians, so that a busy moment hits all commands alike. Wall time is from fork
to exit, start-up of the process included; memory is the peak resident set that the kernel reports.
"""
from process import options, race

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


asked = options(__doc__.splitlines()[0], 21)
race(asked.program, asked.rounds, COMMANDS)
