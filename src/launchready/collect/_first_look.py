"""Which of many small files deserve to be read by themselves? Most hold nothing, and one look at many at once says so."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from launchready.detect import Detector
from launchready.wire.archives import is_archive

SMALL = 64 * 1024
"""Bytes up to which a file is looked at together with others."""

_BETWEEN = b"\n" * 512
"""More than what a detector looks at around a secret, so that no file stands in the light of the one before it."""


def fits(data: bytes) -> bool:
    """Whether a file can be looked at with others: it is small, text that is written in bytes, and no archive."""
    return len(data) <= SMALL and b"\0" not in data and not is_archive(data)


def deserving(detector: Detector, files: Sequence[bytes]) -> list[int]:
    """Places in the list of those files that may hold a secret; all others hold none.

    A look without names is the strictest: names of files only ever excuse. A file of settings, of which the name accuses,
    must be read by itself.
    """
    if len(files) < 2:
        return list(range(len(files)))
    reading = detector.read(_BETWEEN.join(files))
    if reading.cut or reading.public:
        return list(range(len(files)))  # nobody tells in which of them
    starts = list(accumulate((len(data) + len(_BETWEEN) for data in files), initial=0))
    touched: set[int] = set()
    for found in reading.found:
        first, last = (
            bisect_right(starts, found.start) - 1,
            bisect_right(starts, max(found.end - 1, found.start)) - 1,
        )
        touched.update(range(first, min(last, len(files) - 1) + 1))
    return sorted(touched)
