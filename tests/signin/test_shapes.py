"""Does one sign in on portals whose logins are unlike each other, and say why where nobody can?"""

import asyncio
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from launchready.collect.people import People
from launchready.evidence.sessions import NoSession, SessionStart
from launchready.site import read_site
from launchready.wire import Touch, Wire
from launchready.wire.programs import chromium
from launchready_testbed import Bed
from launchready_testbed.login_shape import LoginShape, logins

HAS_BROWSER = chromium() is not None
SHAPES = {name: shape for name, shape in logins().items() if not shape.reason}
TROUBLES = {name: shape for name, shape in logins().items() if shape.reason}
TAKES_LONG = {
    "logins/two-step-script",
    "logins/csrf-meta",
    "logins/trouble/no-form",
    "logins/trouble/wrong-code",
}
"""A browser is asked in the end, or the next one-time code is waited for."""
QUICK_ENOUGH = {"logins/script-form", "logins/keypad"}
"""These stand for all that need a browser where there is no time for each."""
MOST = 60
"""Requests for one sign-in with its proof, found from nothing. The login itself is two to six of them."""


@dataclass(frozen=True)
class Signing:
    """What came of signing in on one portal."""

    people: tuple[SessionStart | NoSession, ...]
    shown: str
    """What the protected page said to the first of them."""
    journal: tuple[dict[str, Any], ...]
    secrets: tuple[str, ...] = field(repr=False)
    written: str = field(repr=False)
    """Evidence and journal, as they would be kept."""

    @property
    def one(self) -> SessionStart | NoSession:
        return self.people[0]


def sign_in(
    bed: Bed, folder: Path, private: str, *, portal: str = "harbour", patience: float = 5.0
) -> Signing:
    """Sign in everybody whom the portal file names, then ask for `private` as the first."""
    file = folder / "launchready.toml"
    file.write_text(
        bed.portal_file(portal).replace("[crawl]", f"[crawl]\ntimeout = {patience}"), encoding="utf-8"
    )
    site, journal = read_site(str(file)), io.StringIO()

    async def act() -> Signing:
        wire = Wire(
            site, journal=journal, attach=lambda _data, suffix: f"none{suffix}", consent=Touch.SIGN_IN
        )
        async with wire:
            people = People(wire, site)
            sessions = await people.everybody()
            lines = tuple(map(json.loads, journal.getvalue().splitlines()))
            shown = ""
            if isinstance(sessions.people[0], SessionStart):
                session = await people.shared(site.identities[0].name)
                answer = await session.visitor.fetch("GET", urljoin(site.portal.url, private))
                shown = answer.body.decode()
        written = repr(sessions) + journal.getvalue()
        return Signing(sessions.people, shown, lines, tuple(secrets_of(bed, site)), written)

    return asyncio.run(act())


def secrets_of(bed: Bed, site: Any) -> Iterator[str]:
    for identity in site.identities:
        for kind in ("password", "totp", "mailbox"):
            path = bed.secret_file(identity.name, kind)
            if path.exists():
                yield path.read_text()


def each_of(shapes: dict[str, LoginShape]) -> list[Any]:
    def marks(name: str) -> tuple[pytest.MarkDecorator, ...]:
        slow = name in TAKES_LONG or (shapes[name].browser and name not in QUICK_ENOUGH)
        return (pytest.mark.slow,) if slow else ()

    return [pytest.param(name, marks=marks(name)) for name in sorted(shapes)]


def can_be_tried(shape: LoginShape) -> None:
    if shape.browser and not HAS_BROWSER:
        pytest.skip("no Chromium here, and only a browser can sign in there")


@pytest.mark.parametrize("name", each_of(SHAPES))
def test_one_signs_in(bed: Bed, tmp_path: Path, name: str) -> None:
    shape = SHAPES[name]
    can_be_tried(shape)
    bed.switch((name,))
    came = sign_in(bed, tmp_path, shape.private)
    assert isinstance(came.one, SessionStart), came.one
    assert shape.shows in came.shown
    assert came.one.proof.says
    assert came.one.carriers
    assert came.one.attempts
    assert (came.one.way == "recipe") == shape.recipe
    assert len(came.journal) <= MOST
    assert not any(secret in came.written for secret in came.secrets)


@pytest.mark.parametrize("name", each_of(TROUBLES))
def test_nobody_gets_in_and_the_reason_is_told(bed: Bed, tmp_path: Path, name: str) -> None:
    shape = TROUBLES[name]
    can_be_tried(shape)
    bed.switch((name,))
    came = sign_in(bed, tmp_path, shape.private)
    assert isinstance(came.one, NoSession)
    assert came.one.reason == shape.reason
    assert came.one.why.detail
    assert came.one.why.settle_by
    assert not any(secret in came.written for secret in came.secrets)


def test_everybody_of_quay(bed: Bed, tmp_path: Path) -> None:
    bed.switch(())
    came = sign_in(bed, tmp_path, "/api/v2/users", portal="quay")
    assert all(isinstance(each, SessionStart) for each in came.people), came.people
    assert "ugo@birchbell.lab.test" in came.shown
    assert [each.second_factor for each in came.people if isinstance(each, SessionStart)] == [
        "totp",
        "",
        "",
        "",
    ]
    assert not any(secret in came.written for secret in came.secrets)
