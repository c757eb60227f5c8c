"""The lab of badly and oddly certified hosts, and a way to look at them."""

import asyncio
import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from launchready.collect.tls import tls as collect
from launchready.errors import NameNotFound
from launchready.evidence.tls import Tls
from launchready.site import Site
from launchready.wire.gate import Gate
from launchready.wire.tls import TlsWire
from launchready_testbed.tlslab import CASES, Lab

PATIENT = 15.0
IMPATIENT = {"silent": 0.8, "ignores-old": 0.8}
"""Seconds after which hosts that will never answer are given up; others get all the time that they need."""
Look = Callable[..., tuple[Tls, str]]


class _Wire:
    """As much of a wire as the collector touches: real gate, real TLS, the lab's names and roots."""

    def __init__(self, lab: Lab, site: Site, names: dict[str, tuple[str, ...]], patience: float) -> None:
        self.journal = io.StringIO()
        gate = Gate(site, self.journal)
        self.tls = TlsWire(gate, extra_ca=[lab.private_roots], public_ca=lab.public_roots, timeout=patience)
        self.dns = self
        self._names = names

    async def addresses(self, host: str) -> tuple[str, ...]:
        if host not in self._names:
            raise NameNotFound(f"there is no such name: {host}")
        return self._names[host]

    def now(self) -> datetime:
        return datetime.now(UTC)


async def _look(
    lab: Lab, case: str, scope: tuple[str, ...], reach: str, names: dict[str, tuple[str, ...]]
) -> tuple[Tls, str]:
    running = lab.hosts[case]
    url = f"https://{running.case.asked}:{running.port}/"
    portal = {"name": "Lab", "url": url, "owner": "Portal Owner <owner@lab.test>"}
    site = Site.model_validate({"portal": portal, "scope": {"hosts": scope, "addresses": [reach]}})
    known = {running.case.asked: running.addresses} | names
    wire = _Wire(lab, site, known, IMPATIENT.get(case, PATIENT))
    return await collect(wire, site), wire.journal.getvalue()


@pytest.fixture(scope="session")
def facts() -> dict[str, Tls]:
    """All hosts of the lab, looked at once for all tests."""

    async def run() -> dict[str, Tls]:
        async with Lab() as lab:
            return {name: (await _look(lab, name, (), "127.0.0.0/8", {}))[0] for name in lab.hosts}

    found = asyncio.run(run())
    assert found.keys() == CASES.keys()
    return found


@pytest.fixture
def look() -> Look:
    """Look at one host of the lab; returns the fact and the journal."""

    def run(
        case: str,
        *,
        scope: tuple[str, ...] = (),
        reach: str = "127.0.0.0/8",
        names: dict[str, tuple[str, ...]] | None = None,
    ) -> tuple[Tls, str]:
        async def inside() -> tuple[Tls, str]:
            async with Lab([case]) as lab:
                return await _look(lab, case, scope, reach, names or {})

        return asyncio.run(inside())

    return run
