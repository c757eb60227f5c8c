"""How long does the mail drill take, and does it matter how full the mailboxes are? Against the test bed.

    python bench/mail_drill.py [RUNS]

Four kinds of mail to three mailboxes (Gmail-like, Outlook-like, plain IMAP): from the start of the command to its page,
once with empty mailboxes and once with 50,000 old letters in one of them, in turn. Prints the median and the longest, and
how many bytes the mail servers sent.
"""

import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from launchready_testbed import Bed

MAILBOXES = ("nora", "sol", "sam")
FULL = "email/delivery-large-mailbox"


def main() -> None:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with Bed.start() as bed, tempfile.TemporaryDirectory() as folder:
        seconds: dict[str, list[float]] = {"empty": [], "full": []}
        received: dict[str, int] = {}
        for _ in range(runs):
            for name, faults in (("empty", ()), ("full", (FULL,))):
                bed.switch(faults)
                took, received[name] = drill(bed, Path(folder))
                seconds[name].append(took)
    for name, took in seconds.items():
        middle, longest = statistics.median(took), max(took)
        print(
            f"{name:6} {middle:5.1f} s median, {longest:5.1f} s longest, {received[name]:,} bytes of mail servers"
        )


def drill(bed: Bed, folder: Path) -> tuple[float, int]:
    """Seconds, and bytes that the mail servers sent; every mail must have arrived."""
    text = bed.portal_file(active=True)
    others = re.compile(r'\n\[\[mailbox\]\]\nname = "ada"\n(?:.+\n)*')
    text = others.sub("\n", text).replace('mailbox = "ada"\n', "").replace(', "ada"]', "]")
    (folder / "launchready.toml").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "launchready", "drill", "mail", "--format", "json", "--runs", "runs"]
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    took = time.perf_counter() - begun
    rows = json.loads(done.stdout)["rows"]
    assert done.returncode == 0, done.stdout
    assert len(rows) >= 4 * len(MAILBOXES) - 1, len(rows)  # nobody asks Sol and Nora for the same approval
    journal = max((folder / "runs").iterdir(), key=lambda run: run.stat().st_mtime) / "journal.jsonl"
    lines = map(json.loads, journal.read_text(encoding="utf-8").splitlines())
    return took, sum(line["bytes"] for line in lines if line["method"] == "EXAMINE")


if __name__ == "__main__":
    main()
