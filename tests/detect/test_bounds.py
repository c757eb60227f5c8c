"""What texts cannot do: take long, take much memory, or make the engine guess; and what serves where there is no engine."""

import base64
import gzip
import site
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.detect.surfaces import SURFACES

from launchready.detect import Detector
from launchready.detect.engines import REDUCED, OurRules
from launchready_testbed.secret_shapes import KINDS, PUBLIC

HOSTILE: dict[str, bytes] = {
    "escapes of escapes": b"%2525",
    "backslashes": b"\\\\",
    "entities": b"&amp;amp;",
    "literals put together": b'"+"a',
    "base64": b"cGFzc3dvcmQ9",
    "packed": b"H4sI" + base64.b64encode(gzip.compress(b"\0" * 4096, mtime=0))[4:] + b" ",
    "keys begun": b"-----BEGIN PRIVATE KEY-----\nMIIabc",
    "tokens begun": b"eyJhbGciOi.eyJ",
    "names": b'password="',
    "addresses": b"a://b:c@",
    "full lines": b"a1" * 40 + b"\n",
    "zeros": b"a\0",
}


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector()


def cost(work: Callable[[], object]) -> float:
    """The least CPU time of three."""
    took = []
    for _ in range(3):
        begun = time.process_time()
        work()
        took.append(time.process_time() - begun)
    return min(took)


@pytest.mark.parametrize("name", HOSTILE)
def test_twice_the_text_takes_no_more_than_a_few_times_as_long(detector: Detector, name: str) -> None:
    """A ratio within one run; by the square it would be sixteen, and nothing here comes near."""
    unit = HOSTILE[name]
    short = unit * (8_000 // len(unit) + 1)
    once, four_times = cost(lambda: detector.find(short)), cost(lambda: detector.find(short * 4))
    assert four_times < max(12 * once, 0.05)


def test_what_is_packed_too_deep_or_too_much_is_said(detector: Detector) -> None:
    bomb = base64.b64encode(gzip.compress(b"x" * (1 << 20), mtime=0)) + b" "
    assert detector.read(bomb * 40).cut
    assert not detector.read(KINDS["stripe"]("bound").encode()).cut


@pytest.mark.parametrize(
    "text",
    [b"", b"\0", b"\xff\xfe", b"\xff" * 999, "pässwörd=ü".encode("utf-16"), b"%", b"\\", b"&;", b"\x80="],
)
def test_any_bytes_are_read(detector: Detector, text: bytes) -> None:
    assert detector.find(text) == ()


@pytest.fixture(scope="module")
def reduced() -> Detector:
    """What a machine has for which Kingfisher is not built: our own rules alone."""
    detector = Detector()
    vars(detector)["_engine"] = OurRules()
    return detector


def test_without_the_engine_it_says_so(reduced: Detector) -> None:
    assert REDUCED in reduced.engine


@pytest.mark.parametrize("kind", KINDS)
def test_without_the_engine_every_kind_is_found(reduced: Detector, detector: Detector, kind: str) -> None:
    text = SURFACES["json_in_json"](KINDS[kind]("reduced"))
    assert [each.value for each in reduced.find(text)] == [each.value for each in detector.find(text)] != []


@pytest.mark.parametrize("kind", [kind for kind in PUBLIC if kind != "segment-write-key"])
def test_without_the_engine_what_is_public_stays_so(reduced: Detector, kind: str) -> None:
    reading = reduced.read(PUBLIC[kind]("reduced").encode())
    assert not reading.found
    assert reading.public


def test_well_known_libraries_hold_no_secret(detector: Detector) -> None:
    """Minified scripts and style sheets of whatever packages are installed."""
    libraries = [
        path
        for folder in site.getsitepackages()
        for path in sorted(Path(folder).rglob("*"))
        if path.suffix in {".js", ".css"} and path.stat().st_size < 400_000
    ][:300]
    if not libraries:
        pytest.skip("no installed package has any")
    assert {
        path.name: found for path in libraries if (found := detector.find(path.read_bytes(), path.name))
    } == {}
