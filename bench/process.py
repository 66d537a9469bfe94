"""One run of a program, timed."""
import os
import subprocess
import sys
import time


def run(program, arguments):
    """Seconds from fork to exit, and the peak resident set in KiB."""
    start = time.perf_counter()
    process = subprocess.Popen([program, *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{program} {' '.join(arguments)} failed")
    return wall, usage.ru_maxrss
