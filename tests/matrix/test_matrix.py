"""Fault x check and outage x check, over real TLS, HTTP and DNS on loopback.

Faults are switched on a running bed. What only a browser can tell is looked at with one; the rest without, which costs
about a second each.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

import matrix
from launchready.wire.programs import chromium
from launchready_testbed import Bed, faults, lookalikes

HAS_BROWSER = chromium() is not None
no_browser = pytest.mark.skipif(not HAS_BROWSER, reason="no Chromium here, and only a browser can tell")


@pytest.fixture(scope="module")
def bed() -> Iterator[Bed]:
    with Bed.start() as started:
        yield started


@pytest.fixture(scope="module")
def baselines(bed: Bed, tmp_path_factory: pytest.TempPathFactory) -> dict[bool, dict[str, str]]:
    bed.switch(())
    folder = tmp_path_factory.mktemp("sound")
    modes = (False, True) if HAS_BROWSER else (False,)
    return {mode: matrix.verdicts(matrix.audit_bed(bed, folder, browser=mode)) for mode in modes}


def test_the_sound_portal_passes_all_that_can_be_told_without_a_browser(
    baselines: dict[bool, dict[str, str]],
) -> None:
    sound = dict(baselines[False])
    assert sound.pop("https/mixed-content") == "unknown(not-collected)"
    assert set(sound.values()) == {"pass"}


@no_browser
def test_the_sound_portal_passes_everything_with_one(baselines: dict[bool, dict[str, str]]) -> None:
    assert set(baselines[True].values()) == {"pass"}


@pytest.mark.parametrize(("name", "trips"), [(name, fault.trips) for name, fault in sorted(faults().items())])
def test_a_fault_turns_exactly_its_checks(
    bed: Bed, baselines: dict[bool, dict[str, str]], tmp_path: Path, name: str, trips: tuple[str, ...]
) -> None:
    bed.switch((name,))
    seen, browsed = matrix.audit_fault(bed, tmp_path, trips, browser=HAS_BROWSER)
    if (
        not HAS_BROWSER
        and seen["https/mixed-content"].startswith("unknown")
        and "https/mixed-content" in trips
    ):
        pytest.skip("no Chromium here, and only a browser can tell")
    assert seen == matrix.expected(baselines[browsed], trips)


@pytest.mark.parametrize("name", sorted(lookalikes()))
def test_a_look_alike_changes_nothing(
    bed: Bed, baselines: dict[bool, dict[str, str]], tmp_path: Path, name: str
) -> None:
    bed.switch((name,))
    seen = matrix.verdicts(matrix.audit_bed(bed, tmp_path, active=True))
    assert_spared(name, seen, baselines[False])


def assert_spared(name: str, seen: dict[str, str], sound: dict[str, str]) -> None:
    """A look-alike changes nothing; what is merely odd may be beyond telling, but it is no fault."""
    if name.startswith("oddities/"):
        assert "fail" not in seen.values()
    else:
        assert seen == sound


SEEN_BY_BROWSERS = sorted(name for name, each in lookalikes().items() if "https/mixed-content" in each.spares)


@pytest.mark.slow
@pytest.mark.skipif(not HAS_BROWSER, reason="no Chromium here, and only a browser can tell")
@pytest.mark.parametrize("name", SEEN_BY_BROWSERS)
def test_a_look_alike_changes_nothing_in_a_browser_either(
    bed: Bed, baselines: dict[bool, dict[str, str]], tmp_path: Path, name: str
) -> None:
    bed.switch((name,))
    assert_spared(name, matrix.verdicts(matrix.audit_bed(bed, tmp_path, browser=True)), baselines[True])


@pytest.mark.parametrize("wire", matrix.OUTAGES)
def test_an_outage_is_unknown_never_pass_never_fail(
    bed: Bed, baselines: dict[bool, dict[str, str]], tmp_path: Path, wire: str
) -> None:
    bed.switch(())
    bed.outage(wire)
    try:
        seen = matrix.verdicts(matrix.audit_bed(bed, tmp_path, timeout=1.0))
    finally:
        bed.outage(None)
    changed = {check: verdict for check, verdict in seen.items() if verdict != baselines[False][check]}
    assert changed
    assert set(changed.values()) == {"unknown(unreachable)"}
