"""Small portals with a limiter each, on ports of their own, all in one loop; and a wire that may probe them."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme
from starlette.types import ASGIApp

from launchready.site import Site
from launchready.wire import Touch, Wire
from launchready_testbed.desk import Desk, password_for
from launchready_testbed.listener import Listener


class _Lines:
    """A journal that is thrown away, but for what is asked of it."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        pass


@dataclass
class Served:
    """One portal on loopback."""

    site: Site
    wire: Wire
    journal: _Lines


class Portals:
    """Serves applications; `folder` holds the CA and the passwords."""

    def __init__(self, authority: trustme.CA, folder: Path) -> None:
        self._folder = folder
        self._ca = folder / "ca.pem"
        authority.cert_pem.write_to_path(str(self._ca))
        self._authority = authority
        for name in Desk.people:
            (folder / name).write_text(password_for(name))

    @asynccontextmanager
    async def serve(
        self,
        app: ASGIApp,
        people: tuple[str, ...] = Desk.people,
        *,
        test: bool = True,
        consent: Touch = Touch.PROBE,
    ) -> AsyncIterator[Served]:
        """The portal, and the wire of a run with consent to probe it."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert("127.0.0.1").configure_cert(context)
        listener = Listener(app, "127.0.0.1")
        await listener.become("open", context)
        try:
            async with self.wired(listener.port, people, test=test, consent=consent) as served:
                yield served
        finally:
            listener.close()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.sleep(0.02)

    @asynccontextmanager
    async def wired(
        self,
        port: int,
        people: tuple[str, ...] = Desk.people,
        *,
        test: bool = True,
        consent: Touch = Touch.PROBE,
    ) -> AsyncIterator[Served]:
        """The wire of a run with consent to probe the portal that listens there."""
        identities = [
            {
                "name": name,
                "test": test,
                "username": Desk.address_of(name),
                "password": f"file:{self._folder / name}",
            }
            for name in people
        ]
        portal = {
            "name": "Desk",
            "url": f"https://127.0.0.1:{port}/",
            "owner": "Portal Owner <owner@lab.test>",
        }
        site = Site.model_validate(
            {
                "portal": portal,
                "scope": {"addresses": ["127.0.0.0/8"], "active": True, "authorised_by": "Portal Owner"},
                "crawl": {"requests_per_second": 1000},
                "tls": {"extra_ca": [str(self._ca)]},
                "identity": identities,
            }
        )
        journal = _Lines()
        wire = Wire(site, journal=journal, attach=lambda _data, suffix: f"none{suffix}", consent=consent)
        try:
            yield Served(site, wire, journal)
        finally:
            await wire.close()


@pytest.fixture
def portals(authority: trustme.CA, tmp_path: Path) -> Portals:
    return Portals(authority, tmp_path)
