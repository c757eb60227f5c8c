"""A look at many files at once misses none that a look at each finds."""

import random

import pytest

from launchready.collect._first_look import deserving, fits
from launchready.detect import Detector
from launchready_testbed.secret_shapes import KINDS, PUBLIC


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector()


def test_each_kind_is_noticed_wherever_it_stands(detector: Detector) -> None:
    plain = [f"def part_{number}(example):\n    return example + {number}\n".encode() for number in range(40)]
    for kind, make in KINDS.items():
        for place in (0, 20, 40):
            files = [*plain[:place], make("first").encode(), *plain[place:]]
            alone = [at for at, data in enumerate(files) if detector.find(data)]
            assert deserving(detector, files) == alone == [place], kind


def test_neighbours_do_not_shade_each_other(detector: Detector) -> None:
    """What says "example" or "public" in one file says nothing of the next."""
    files = [
        b"# example, placeholder, dummy, test\nexample =",
        *(make("x").encode() for make in KINDS.values()),
    ]
    random.Random(7).shuffle(files)
    alone = {at for at, data in enumerate(files) if detector.find(data)}
    assert alone <= set(deserving(detector, files))


def test_where_something_is_public_each_is_read_by_itself(detector: Detector) -> None:
    files = [b"a = 1\n", PUBLIC["stripe-publishable"]("x").encode(), b"b = 2\n"]
    assert deserving(detector, files) == [0, 1, 2]


def test_none_and_one(detector: Detector) -> None:
    assert deserving(detector, []) == []
    assert deserving(detector, [b"a = 1\n"]) == [0]


@pytest.mark.parametrize(
    ("data", "together"),
    [(b"a = 1\n", True), (b"\x1f\x8b\x08abc", False), ("a".encode("utf-16"), False), (b"x" * 100_000, False)],
    ids=["text", "packed", "wide", "large"],
)
def test_what_is_looked_at_with_others(data: bytes, together: bool) -> None:  # noqa: FBT001 -- a parameter
    assert fits(data) is together
