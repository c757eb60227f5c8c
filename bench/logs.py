"""Logs searched for thirty marked values in every encoding, against the same stream searched for one text by `in`.

Prints MB/s on one core, their ratio, and the memory that the search took. The stream is made up as it is read; with --long
it is 5 GB, else 400 MB. Log lines are half those of a web server and half JSON with ids and digests.
"""

import hashlib
import json
import random
import resource
import sys
import time
import uuid
from collections.abc import Callable, Iterator

from launchready.collect.log_search.forms import forms
from launchready.collect.log_search.marks import card, needles, password, token
from launchready.collect.log_search.rules import find
from launchready.detect import Detector
from launchready.wire.log_files import BLOCK

MARKS = [make(f"way {n}") for n in range(10) for make in (password, lambda way: token("token", way), card)]


def lines(lot: random.Random) -> Iterator[str]:
    """Believable lines without end."""
    while True:
        raw = lot.randbytes(32)
        yield (
            f'192.0.2.{raw[0]} - - [01/Jan/2030:10:00:{raw[1] % 60:02d} +0000] "GET /api/v1/tickets/{raw[2]} HTTP/1.1" 200'
            f' {raw[3] * 9} "-" "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0"\n'
        )
        entry = {"level": "info", "request_id": str(uuid.UUID(bytes=raw[:16])), "ms": raw[4]}
        yield json.dumps({**entry, "etag": hashlib.sha256(raw).hexdigest(), "route": "/tickets/{id}"}) + "\n"


def blocks(size: int) -> Iterator[bytes]:
    """A stream of so many bytes: sixteen blocks, over and over."""
    made, text = [], lines(random.Random(1))
    for _ in range(16):
        parts: list[str] = []
        while sum(map(len, parts[-1:])) + len(parts) * 150 < BLOCK:
            parts.append(next(text))
        made.append("".join(parts).encode()[:BLOCK])
    sent = at = 0
    while sent < size:
        block = made[at % len(made)]
        at += 1
        sent += len(block)
        yield block


def speed(size: int, search: Callable[[Iterator[bytes]], object]) -> float:
    """MB/s of processor time."""
    begun = time.process_time()
    search(blocks(size))
    return size / 1e6 / (time.process_time() - begun)


def peak() -> float:
    """MB of memory so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the figures."""
    size = 5_000_000_000 if "--long" in sys.argv else 400_000_000
    one = MARKS[0].value.encode()
    bare = speed(size, lambda stream: sum(one in block for block in stream))
    looked_for = needles(MARKS)
    list(looked_for.in_blocks(blocks(100_000_000)))  # the automaton is built as far as the text needs it
    before = peak()
    ours = speed(size, lambda stream: sum(1 for _ in looked_for.in_blocks(stream)))
    grown = peak() - before
    encodings = len(set(forms("Ab3Ab3Ab3Ab3").values()))
    print(
        f"{len(MARKS)} marked values, {len(looked_for):,} forms of them in {encodings} encodings: {ours:.0f} MB/s,"
        f" {ours / bare:.3f} of one text by `in` ({bare:.0f} MB/s), for {size / 1e6:,.0f} MB"
    )
    print(f"memory: {before:.0f} MB, and {grown:.0f} MB more for the stream")
    told = speed(40_000_000, lambda stream: sum(1 for block in stream for _ in find(block)))
    print(f"people's secrets by name and shape: {told:.0f} MB/s, {told / bare:.3f} of one text by `in`")
    detector = Detector()
    detector.find(b"rules are loaded")
    keys = speed(80_000_000, lambda stream: sum(len(detector.find(block)) for block in stream))
    print(
        f"keys of services, all encodings taken off: {keys:.0f} MB/s, {keys / bare:.3f} of one text by `in`"
    )


if __name__ == "__main__":
    main()
