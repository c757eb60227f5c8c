"""How fast is the whole history searched, against Kingfisher's own program, on the same repository in one run?

The repository is made by `git fast-import`: by default 20,000 commits, 60,000 versions of 1,200 source files, a pack of
over 100 MB. Both look at it in turn, each in a process of its own, with their rules compiled beforehand: ours reads every
branch and what none leads to, proves against git that nothing was left out, searches messages as well, and judges; the
rival is told to ask nobody and to send nothing home. Measured are the seconds that pass and the most memory in use; memory
is that of the largest process, as ours lets git read the pack in one of its own. As other work on the machine slows down
both, each round compares its own two runs, and the median of those ratios counts.

The bars are 1.25 times its time and once its memory.

    python bench/history.py [--commits N] [--rounds N] [--folder FOLDER]
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from pathlib import Path
from statistics import median

RIVAL = "kingfisher-bin==2.14.0"
BARS = {"seconds": 1.25, "megabytes": 1.0}
OURS = """
import asyncio, io, json, sys
from pathlib import Path
from launchready.checks.secrets.history import judge
from launchready.collect.history import history_secrets
from launchready.evidence.secrets import KeyStates, Rotations
from launchready.site import Site
from launchready.verdict import word
from launchready.wire import Wire
async def main():
    site = Site.model_validate({"portal": {"url": "https://portal.example/"}, "repo": {"path": sys.argv[1]}})
    async with Wire(site, journal=io.StringIO(), attach=lambda data, suffix: suffix) as wire:
        history = await history_secrets(wire)
    print(json.dumps([word(judge(history, Rotations(), KeyStates())), dict(history.search.searched)]))
asyncio.run(main())
"""
_VERBS = "get set make load store find sort count read send".split()


def generate(folder: Path, commits: int) -> None:
    """Make a repository whose files change all over with each commit, so that nothing can be skipped."""
    rng = random.Random(20261126)
    names = [f"{rng.choice(_VERBS)}_{rng.randrange(36**4):x}" for _ in range(4000)]
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], check=True)
    command = ["git", "-C", str(folder), "-c", "pack.compression=1", "fast-import", "--quiet", "--depth=1"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as importing:
        assert importing.stdin
        for number in range(commits):
            at = 1_600_000_000 + number * 600
            above = f"from :{number}\n" if number else ""
            head = (
                f"commit refs/heads/main\nmark :{number + 1}\nauthor Ada Example <ada@example.com> {at} +0000\n"
                f"committer Ada Example <ada@example.com> {at} +0000\ndata 8\nchange.\n\n{above}"
            )
            importing.stdin.write(head.encode())
            for _ in range(3):
                path = f"src/{rng.randrange(40)}/{rng.randrange(30)}.py"
                data = "\n".join(_line(rng, names) for _ in range(rng.randrange(20, 120)))
                importing.stdin.write(f"M 100644 inline {path}\ndata {len(data)}\n{data}\n".encode())
            importing.stdin.write(b"\n")
    if importing.returncode:
        raise SystemExit("git fast-import failed")


def _line(rng: random.Random, names: Sequence[str]) -> str:
    target, called, given = (rng.choice(names) for _ in range(3))
    return f"    {target} = {called}({given}, {rng.randrange(10**9)}, '{rng.getrandbits(48):x}')"


def measured(command: Sequence[str], expected: Sequence[int]) -> tuple[float, float, float, bytes]:
    """Seconds, CPU seconds, megabytes and what the command says."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode not in expected:
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    return (
        seconds,
        used.ru_utime + used.ru_stime,
        used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2),
        said,
    )


def rival(folder: Path) -> str:
    """The path of Kingfisher's program, in a virtual environment of its own."""
    place = folder / "rival"
    if not place.exists():
        venv.create(place, with_pip=True)
        subprocess.run([place / "bin/pip", "install", "-q", RIVAL], check=True)
    return str(place / "bin/kingfisher")


def main() -> int:
    """Measure, and fail above the bars."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--commits", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()) / "launchready-bench-history"
    )
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    repository = options.folder / f"repository-{options.commits}"
    if not repository.exists():
        generate(repository, options.commits)
    theirs = [rival(options.folder), "scan", "-n", "--no-update-check", "-f", "json", str(repository)]
    ours = [sys.executable, "-c", OURS, str(repository)]
    rounds: list[dict[str, tuple[float, float, float]]] = []
    for number in range(options.rounds + 1):
        figures: dict[str, tuple[float, float, float]] = {}
        for name, command in (("ours", ours), ("kingfisher", theirs)):
            *figure, said = measured(command, (0,))
            figures[name] = (figure[0], figure[1], figure[2])
            if name == "ours":
                verdict, counts = json.loads(said)
                assert verdict == "pass", verdict
        if number:  # the first round fills caches
            rounds.append(figures)
    pack = sum(each.stat().st_size for each in repository.glob(".git/objects/pack/*.pack"))
    print(
        f"{counts['commits']:,} commits, {counts['blobs']:,} blobs, {counts['bytes'] / 1e6:.0f} MB; "
        f"pack {pack / 1e6:.0f} MB"
    )
    for name in ("ours", "kingfisher"):
        for seconds, cpu, megabytes in (each[name] for each in rounds):
            print(f"{name:12} {seconds:6.2f} s  {cpu:6.2f} s of CPU  {megabytes:6.0f} MB")
    ratios = {
        what: median(each["ours"][at] / each["kingfisher"][at] for each in rounds)
        for what, at in (("seconds", 0), ("megabytes", 2))
    }
    print(", ".join(f"{what} {ratio:.2f}x (bar {BARS[what]}x)" for what, ratio in ratios.items()))
    return int(any(ratio > BARS[what] for what, ratio in ratios.items()))


if __name__ == "__main__":
    sys.exit(main())
