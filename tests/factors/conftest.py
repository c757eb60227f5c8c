"""A running test bed, and the three checks asked about it without the rest of an audit."""

import asyncio
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from launchready.check import Check
from launchready.checks.auth import callbacks, mfa_admin, password_reset
from launchready.engine import gather
from launchready.evidence import Fact, Missing
from launchready.evidence.redact import Redactor
from launchready.site import Site, read_site
from launchready.verdict import Verdict
from launchready.wire import Touch, Wire
from launchready_testbed import Bed, find

CHECKS = {"mfa-admin": mfa_admin.CHECK, "callbacks": callbacks.CHECK, "password-reset": password_reset.CHECK}


@dataclass(frozen=True)
class Seen:
    """What one look at the portal gave."""

    facts: dict[type, Fact | Missing]
    journal: str
    checks: tuple[Check, ...]

    def verdict(self, name: str) -> Verdict:
        return CHECKS[name].answer(self.facts)

    def said(self, name: str) -> str:
        """All that the verdict says, for looking for words in it."""
        return repr(self.verdict(name))


Ask = Callable[..., Seen]


@pytest.fixture
def ask(bed: Bed, tmp_path: Path) -> Ask:
    """Switches faults or knobs on, and asks some of the checks."""

    def run(
        *names: str,
        faults: tuple[str, ...] = (),
        policy: Mapping[str, Any] | None = None,
        change: Callable[[str], str] = lambda text: text,
        active: bool = True,
    ) -> Seen:
        bed.switch(faults, policy=policy)
        checks = tuple(CHECKS[name] for name in names)
        portal = find(faults[0]).portal if faults else "harbour"
        text = change(written(bed, portal, active=active))
        return asyncio.run(look(site_of(tmp_path, text), checks, active=active))

    return run


def written(bed: Bed, portal: str, *, active: bool) -> str:
    return bed.portal_file(portal, active=active).replace("[crawl]", "[crawl]\ntimeout = 10.0\nlimit = 60")


def site_of(folder: Path, text: str) -> Site:
    path = folder / "launchready.toml"
    path.write_text(text, encoding="utf-8")
    return read_site(str(path))


async def look(site: Site, checks: tuple[Check, ...], *, active: bool) -> Seen:
    journal = io.StringIO()
    consent = Touch.PROBE if active else Touch.SIGN_IN
    facts: dict[type, Fact | Missing] = {}
    async with Wire(
        site, journal=journal, attach=lambda _, suffix: f"none{suffix}", consent=consent, redact=Redactor()
    ) as wire:
        await gather(wire, site, checks, facts)
    return Seen(facts, journal.getvalue(), checks)
