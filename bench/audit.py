"""A whole audit of a 300-page portal with the browser on 30 of them: time and peak memory outside the browser.

Bars: 30 s and 400 MB. Linux only, as the peak is read from /proc.
"""

import re
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from launchready_testbed import Bed

PAGES = 300


def main() -> None:
    """Run one audit as a user would and print both figures."""
    with TemporaryDirectory() as scratch, Bed.start(pages=PAGES) as bed:
        file = Path(scratch) / "launchready.toml"
        limits = f"[crawl]\nlimit = {PAGES + 60}\nper_shape = 1000\nbrowser_pages = 30"
        file.write_text(bed.portal_file().replace("[crawl]", limits), encoding="utf-8")
        begun = time.perf_counter()
        command = [sys.executable, "-m", "launchready", "audit", "launchready.toml", "--format", "json"]
        peak = 0
        with subprocess.Popen(command, cwd=scratch, stdout=subprocess.DEVNULL) as process:
            while process.poll() is None:
                status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
                peak = max(peak, *map(int, re.findall(r"VmHWM:\s+(\d+) kB", status)), 0)
                time.sleep(0.1)
        took = time.perf_counter() - begun
        print(
            f"{PAGES} pages, browser on 30: {took:.1f} s (bar 30), {peak / 1024:.0f} MB outside the browser (bar 400)"
        )


if __name__ == "__main__":
    main()
