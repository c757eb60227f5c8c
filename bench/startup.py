"""How much `launchready --help` adds to a bare Python, in one run, in turns; bar: 150 ms.

Prints the medians' difference and ratio. The machine is noisy: read the difference of medians, not single times.
"""

import statistics
import subprocess
import sys
import time

ROUNDS = 21


def once(*command: str) -> float:
    """Seconds that one command takes."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> None:
    """Measure in turns and print."""
    bare: list[float] = []
    ours: list[float] = []
    for _ in range(ROUNDS):
        bare.append(once(sys.executable, "-c", "pass"))
        ours.append(once(sys.executable, "-m", "launchready", "--help"))
    added = statistics.median(b - a for a, b in zip(bare, ours, strict=True))
    print(
        f"launchready --help: {added * 1000:.0f} ms over bare Python (median of {ROUNDS} pairs; bar 150 ms)"
    )


if __name__ == "__main__":
    main()
