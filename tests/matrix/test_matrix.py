"""Fault x check and outage x check, over real TLS, HTTP and DNS on loopback.

Faults are switched on a running bed. What only a browser can tell is looked at with one; the rest without, which costs
a second or a few each. In the row `auth` the default suite makes the checks that an entry is about; the slow one all,
for a part of the entries that changes from day to day. Of the row `authz` each suite takes such a part.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import pytest
from _pytest.mark import ParameterSet

import matrix
from launchready.wire.programs import chromium
from launchready_testbed import Bed, Fault, Lookalike, faults, lookalikes

T = TypeVar("T", Fault, Lookalike)
HAS_BROWSER = chromium() is not None
pytestmark = pytest.mark.timeout(500)  # a look at a whole row takes a minute, and several on a busy machine
no_browser = pytest.mark.skipif(not HAS_BROWSER, reason="no Chromium here, and only a browser can tell")
NEED_A_BROWSER = (
    "https/mixed-content",
    "auth/session-stable",
    *(f"authz/{name}" for name in ("anonymous", "function", "object", "property")),
)
"""Checks that are unknown without one: both portals have scripts that ask for more."""

ALONE = "auth/brute-force"
"""What measures the pace of a login: nothing else may run beside it."""


@pytest.fixture(scope="session")
def looks(running_bed: Bed, tmp_path_factory: pytest.TempPathFactory) -> matrix.Looks:
    return matrix.Looks(running_bed, tmp_path_factory.mktemp("looks"), browser=HAS_BROWSER, whole=False)


@pytest.fixture(scope="session")
def whole_looks(running_bed: Bed, tmp_path_factory: pytest.TempPathFactory) -> matrix.Looks:
    return matrix.Looks(running_bed, tmp_path_factory.mktemp("whole"), browser=HAS_BROWSER)


SOUND = [(portal, row) for row in ("auth", "authz", "deploy") for portal in ("harbour", "quay")]
SOUND += [("harbour", row) for row in ("https", "secrets", "logging", "email")]


@pytest.mark.parametrize(("portal", "row"), SOUND)
def test_the_sound_portal_passes_all_that_can_be_told_without_a_browser(
    looks: matrix.Looks, portal: str, row: str
) -> None:
    for check, verdict in looks.sound(portal, row).items():
        if check in NEED_A_BROWSER or (portal == "quay" and check == "authz/frontend-only"):
            assert verdict == "unknown(not-collected)", check
        else:
            assert verdict in ("pass", "not-applicable"), check


@no_browser
@pytest.mark.parametrize(
    ("portal", "row"),
    [pytest.param(*each, marks=() if each[1] == "https" else pytest.mark.slow) for each in SOUND],
)
def test_the_sound_portal_passes_everything_with_one(looks: matrix.Looks, portal: str, row: str) -> None:
    seen = looks.sound(portal, row, browser=True)
    assert {
        check: verdict for check, verdict in seen.items() if verdict not in ("pass", "not-applicable")
    } == {}


def params(entries: Mapping[str, T]) -> list[ParameterSet]:
    """The entries in order, with what is known of them."""
    return [
        pytest.param(
            name,
            each,
            id=name,
            marks=[
                *(pytest.mark.slow for _ in range(name.startswith(BROWSED))),
                *(pytest.mark.alone for _ in range(name.startswith(ALONE))),
            ],
        )
        for name, each in sorted(entries.items())
    ]


BROWSED = ("https/mixed-inserted", "https/mixed-module", "https/mixed-websocket", "https/mixed-xhr")
"""Only a browser can tell, for which `https/mixed-fetch` stands; each kind by itself is told in `tests/browser`."""


def quick(entries: Mapping[str, T]) -> dict[str, T]:
    """All but those that take long, in guesses, writes or a browser: their turn comes in the slow suite.

    Of the rows that take long a part has its turn here, another each day; of `authz` only of the first portal.
    """
    short = {
        name: each
        for name, each in entries.items()
        if not name.startswith(LONG) and (not name.startswith("authz/") or each.portal == "harbour")
    }
    return due(short, SHARES)


def due(entries: Mapping[str, T], parts: Mapping[str, int]) -> dict[str, T]:
    """Those whose day it is, of each row by itself; what runs alone has a turn each day too."""
    rows: dict[str, list[str]] = {}
    for name in entries:
        rows.setdefault(ALONE if name.startswith(ALONE) else name.partition("/")[0], []).append(name)
    turn = {name for row, names in rows.items() for name in matrix.due(names, parts.get(row, 1))}
    return {name: each for name, each in entries.items() if name in turn}


SHARES = {"auth": 2, "authz": 12, "deploy": 6, "email": 8, "logging": 6, "secrets": 6}
"""Into how many parts a row is cut, of which each day has one."""


LONG = (ALONE, "auth/enumeration", "auth/mfa-quay", "auth/session-stable", "logging/audit-trail")


@pytest.mark.parametrize(("name", "fault"), params(quick(faults())))
def test_a_fault_turns_exactly_its_checks(looks: matrix.Looks, name: str, fault: Fault) -> None:
    seen, must = settled(lambda: looks.fault(name, fault))
    if not HAS_BROWSER and any(
        seen[check].startswith("unknown") for check in set(fault.trips) & {*NEED_A_BROWSER}
    ):
        pytest.skip("no Chromium here, and only a browser can tell")
    assert seen == must


@pytest.mark.parametrize(("name", "entry"), params(quick(lookalikes())))
def test_a_look_alike_changes_nothing(looks: matrix.Looks, name: str, entry: Lookalike) -> None:
    assert_spared(name, *settled(lambda: looks.lookalike(name, entry)))


PARTS = {ALONE: 12, "auth": 24, "authz": 20, "deploy": 6, "email": 10, "logging": 6, "secrets": 6}
"""All of it takes half an hour; `make matrix` does that, and each day's run another part of each row."""


def todays(entries: Mapping[str, T]) -> dict[str, T]:
    """Those entries of the rows with people whose turn it is."""
    return due({name: each for name, each in entries.items() if name.partition("/")[0] in PARTS}, PARTS)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "fault"), params(todays(faults())))
def test_a_fault_turns_nothing_else_of_the_row(whole_looks: matrix.Looks, name: str, fault: Fault) -> None:
    test_a_fault_turns_exactly_its_checks(whole_looks, name, fault)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "entry"), params(todays(lookalikes())))
def test_a_look_alike_changes_nothing_else_of_the_row(
    whole_looks: matrix.Looks, name: str, entry: Lookalike
) -> None:
    assert_spared(name, *settled(lambda: whole_looks.lookalike(name, entry)))


def settled(
    look: Callable[[], tuple[dict[str, str], dict[str, str]]],
) -> tuple[dict[str, str], dict[str, str]]:
    """What is seen and must be; seen once more where something could not be told, as a busy machine may keep us from it."""
    seen, must = look()
    if any(seen[check] != must[check] and seen[check].startswith("unknown") for check in must):
        seen, must = look()
    return seen, must


def assert_spared(name: str, seen: dict[str, str], sound: dict[str, str]) -> None:
    """A look-alike changes nothing; what is merely odd may be beyond telling, but it is no fault."""
    if name.startswith("oddities/"):
        assert "fail" not in seen.values()
    else:
        assert seen == sound


SEEN_BY_BROWSERS = due(
    {name: each for name, each in lookalikes().items() if set(NEED_A_BROWSER) & {*each.spares}}, {"authz": 20}
)
"""Of the row `authz`, where each takes a minute, some each day."""


@pytest.mark.slow
@no_browser
@pytest.mark.parametrize(("name", "entry"), params(SEEN_BY_BROWSERS))
def test_a_look_alike_changes_nothing_in_a_browser_either(
    looks: matrix.Looks, name: str, entry: Lookalike
) -> None:
    assert_spared(name, *looks.lookalike(name, entry, browser=True))


@pytest.mark.parametrize("wire", matrix.OUTAGES)
def test_an_outage_is_unknown_never_pass_never_fail(
    bed: Bed, looks: matrix.Looks, tmp_path: Path, wire: str
) -> None:
    sound = looks.sound()
    bed.switch(())
    bed.outage(wire)
    try:
        seen = matrix.verdicts(matrix.audit_bed(bed, tmp_path, timeout=1.0))
    finally:
        bed.outage(None)
    changed = {check: seen[check] for check in sound if seen[check] != sound[check]}
    assert changed
    assert set(changed.values()) == {"unknown(unreachable)"}


@pytest.mark.parametrize("portal", ["harbour", "quay"])
def test_when_the_portal_does_not_answer_nothing_about_signing_in_is_pass_or_fail(
    bed: Bed, tmp_path: Path, portal: str
) -> None:
    bed.switch(())
    bed.outage("https")
    try:
        report = matrix.audit_bed(bed, tmp_path, portal=portal, identities=True, active=True, timeout=1.0)
    finally:
        bed.outage(None)
    seen = {check: verdict for check, verdict in matrix.verdicts(report).items() if check.startswith("auth/")}
    assert {check: verdict for check, verdict in seen.items() if not verdict.startswith("unknown")} == {}
