"""Every kind of secret is found in each way of writing it down, and told by its value, its kind and its place."""

from collections.abc import Callable

import pytest
from tests.detect.surfaces import SURFACES

from launchready.detect import Detector, Found
from launchready_testbed.secret_shapes import KINDS

SEED = "surfaces"


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector()


def operators(found: tuple[Found, ...]) -> dict[str, str]:
    """The operator's secrets, as what they are by their values."""
    return {each.value: each.kind for each in found if not each.personal}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_found_as_it_stands(detector: Detector, kind: str) -> None:
    assert operators(detector.find(KINDS[kind](SEED).encode()))


@pytest.mark.parametrize("surface", SURFACES)
def test_nothing_is_lost_on_a_surface(detector: Detector, surface: str) -> None:
    """At least nine in ten; a secret counts only with the value and the kind that it has in plain text."""
    missed = []
    for kind, shape in KINDS.items():
        plain = operators(detector.find(shape(SEED).encode()))
        there = operators(detector.find(SURFACES[surface](shape(SEED))))
        if not plain.items() <= there.items():
            missed.append(kind)
    assert len(missed) * 10 <= len(KINDS), missed


@pytest.mark.parametrize("surface", SURFACES)
def test_a_place_leads_back_to_the_bytes_as_given(detector: Detector, surface: str) -> None:
    """Without the bytes between start and end the secret is gone; so they are where it stands."""
    shape: Callable[[str], str] = KINDS["github"]
    data = SURFACES[surface](shape(SEED))
    (found,) = detector.find(data)
    assert 0 <= found.start < found.end <= len(data)
    assert found.line == data.count(b"\n", 0, found.start) + 1
    if not found.view:
        assert data[found.start : found.end].decode() == found.value
    assert not detector.find(data[: found.start] + data[found.end :])
    alone = (
        data[: found.end].rpartition(b"gzip")[2] if "gzip" in found.view else data[found.start : found.end]
    )
    assert len(alone) < len(data)


def test_a_value_is_never_shown(detector: Detector) -> None:
    secret = KINDS["stripe"](SEED)
    (found,) = detector.find(secret.encode())
    assert secret not in repr(found)
    assert secret[8:] not in repr(detector.read(secret.encode()))


def test_one_secret_is_the_same_on_every_surface(detector: Detector) -> None:
    values = {
        each.value
        for surface in SURFACES.values()
        for each in detector.find(surface(KINDS["private-key"](SEED)))
    }
    assert len(values) == 1
