"""How fast are secrets found in text, against the bare Kingfisher scanner, on the same texts in one run?

The texts are the scripts and sources of the installed packages, whole and as JSON in JSON, and an access log with escaped
addresses. The rival decodes base64 alone; ours takes off every encoding and judges what it sees. Both take turns, and each
side's best round counts, in CPU time.

    python bench/detect.py [--rounds N]
"""

import argparse
import json
import site
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from kingfisher_sdk import Scanner

from launchready.detect import Detector

MEGABYTE = 1_000_000
_SUFFIXES = (".js", ".css", ".py", ".json", ".html")


def sources(limit: int) -> list[bytes]:
    """Files of the installed packages, in the order of their names, up to `limit` bytes."""
    found, size = [], 0
    for folder in site.getsitepackages():
        for path in sorted(Path(folder).rglob("*")):
            if path.suffix in _SUFFIXES and path.is_file() and size < limit:
                found.append(path.read_bytes())
                size += len(found[-1])
    return found


def access_log(lines: int) -> bytes:
    """A log as nginx writes it, with an escaped address in every line."""
    return b"".join(
        f'10.0.{number % 256}.7 - - [26/Nov/2026:10:00:00 +0000] "GET /orders/{number * 7919 % 2**64:016x}?'
        f'next={quote(f"/list?page={number}&sort=date", safe="")} HTTP/1.1" 200 512 "-" "Mozilla/5.0"\n'.encode()
        for number in range(lines)
    )


def seconds(look: Callable[[bytes], object], texts: list[bytes]) -> float:
    """CPU time for all texts."""
    begun = time.process_time()
    for text in texts:
        look(text)
    return time.process_time() - begun


def main() -> None:
    """Print the speeds and their ratio."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    plain = sources(20 * MEGABYTE)
    nested = [
        json.dumps({"body": json.dumps({"text": text.decode("utf-8", "replace")})}).encode() for text in plain
    ]
    detector, bare = Detector(), Scanner()
    detector.find(b"rules are loaded")
    print(f"{detector.engine}; {len(plain)} files; CPU time, best of {rounds}\n")
    for name, texts in (
        ("as they stand", plain),
        ("in one piece", [b"\n".join(plain)]),
        ("JSON in JSON", nested[: len(nested) // 4]),
        ("access log", [access_log(60_000)]),
    ):
        size = sum(map(len, texts)) / MEGABYTE
        ours = theirs = float("inf")
        for _ in range(rounds):
            theirs = min(theirs, seconds(bare.scan, texts))
            ours = min(ours, seconds(detector.find, texts))
        print(
            f"{name:14} {size:6.1f} MB   bare {size / theirs:6.0f} MB/s   ours {size / ours:6.0f} MB/s   "
            f"{ours / theirs:4.1f} x its time"
        )


if __name__ == "__main__":
    main()
