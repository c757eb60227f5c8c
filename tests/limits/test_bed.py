"""Faults and look-alikes of guessing, on the bed's two portals, over real TLS and HTTP: each trips exactly its check."""

import asyncio
import io
from pathlib import Path

import pytest

from launchready.checks.auth.brute_force import CHECK as BRUTE_FORCE
from launchready.checks.auth.enumeration import CHECK as ENUMERATION
from launchready.collect.enumeration import MOST_REQUESTS, enumeration
from launchready.collect.login_limit import login_limit
from launchready.collect.people import People
from launchready.site import Site, read_site
from launchready.verdict import Fail, Pass, Verdict
from launchready.wire import Touch, Wire
from launchready_testbed import Bed, Fault, Lookalike, faults, lookalikes

OURS = ("auth/brute-force", "auth/enumeration")
ALL: dict[str, Fault | Lookalike] = {
    name: each for name, each in {**faults(), **lookalikes()}.items() if name.startswith(OURS)
}
QUICK = (
    "auth/brute-force",
    "auth/brute-force-forwarded-for",
    "auth/brute-force-quay",
    "auth/enumeration",
    "auth/enumeration-quay",
    "auth/enumeration-reset",
    "auth/enumeration-sign-up",
    "auth/enumeration-time",
    "auth/enumeration-advert",
    "auth/enumeration-mask",
)


async def judged(site: Site) -> dict[str, Verdict]:
    wire = Wire(
        site, journal=io.StringIO(), attach=lambda _data, suffix: f"none{suffix}", consent=Touch.PROBE
    )
    try:
        people = People(wire, site)
        named = await enumeration(wire, site, people)
        guessed = await login_limit(wire, site, people)
    finally:
        await wire.close()
    assert named.requests <= MOST_REQUESTS
    assert guessed.requests <= 60
    return dict(zip(OURS, (BRUTE_FORCE.judge(guessed), ENUMERATION.judge(named, guessed)), strict=True))


def looked_at(bed: Bed, folder: Path, portal: str) -> dict[str, Verdict]:
    text = bed.portal_file(portal, active=True)
    (folder / "launchready.toml").write_text(text)
    return asyncio.run(judged(read_site(str(folder / "launchready.toml"))))


def test_there_are_enough_of_them() -> None:
    assert sum(isinstance(each, Fault) for each in ALL.values()) >= 10
    assert sum(isinstance(each, Lookalike) for each in ALL.values()) >= 10


@pytest.mark.parametrize("portal", ["harbour", "quay"])
def test_a_sound_portal_passes(bed: Bed, tmp_path: Path, portal: str) -> None:
    bed.switch(())
    verdicts = looked_at(bed, tmp_path, portal)
    assert {check: type(verdict) for check, verdict in verdicts.items()} == dict.fromkeys(OURS, Pass)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in QUICK else [pytest.mark.slow]) for name in sorted(ALL)]
)
def test_exactly_its_check_fails(bed: Bed, tmp_path: Path, name: str) -> None:
    each = ALL[name]
    bed.switch((name,))
    verdicts = looked_at(bed, tmp_path, each.portal)
    failed = {check for check, verdict in verdicts.items() if isinstance(verdict, Fail)}
    assert failed == (set(each.trips) if isinstance(each, Fault) else set()), verdicts
