"""How are the hosts of the lab started?"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from launchready_testbed.tlslab import bad_certificates, bad_settings, sound
from launchready_testbed.tlslab.case import MAIN, SECOND, Case
from launchready_testbed.tlslab.issuing import authorities
from launchready_testbed.tlslab.server import Listener

CASES: dict[str, Case] = {
    case.name: case for module in (bad_certificates, bad_settings, sound) for case in module.CASES
}
_TRIES = 20


@dataclass(frozen=True)
class Running:
    """A host of the lab that can be asked now."""

    case: Case
    addresses: tuple[str, ...]
    port: int


class Lab:
    """All hosts, or the chosen ones, in the running event loop; use it in an `async with` statement.

    Attributes:
        hosts: the running hosts by the name of their case.
        public_roots: PEM file of the root that stands for those that browsers know.
        private_roots: PEM file of the root that an owner would name.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._cases = [CASES[name] for name in names] or list(CASES.values())
        self._folder = tempfile.TemporaryDirectory(prefix="launchready-tlslab-")
        self._listeners: list[Listener] = []
        self.hosts: dict[str, Running] = {}
        self.public_roots = Path(self._folder.name, "public.pem")
        self.private_roots = Path(self._folder.name, "private.pem")

    async def __aenter__(self) -> Self:
        """Issues every certificate and opens every port."""
        by = authorities()
        self.public_roots.write_bytes(by.public.pem)
        self.private_roots.write_bytes(by.private.pem)
        for case in self._cases:
            manners = case.build(by, case.asked)
            manners = manners if isinstance(manners, tuple) else (manners,)
            listeners = [Listener(manner, Path(self._folder.name)) for manner in manners]
            self._listeners += listeners
            addresses = (MAIN, SECOND)[: len(listeners)]
            port = await _open(listeners, addresses)
            self.hosts[case.name] = Running(case, addresses, port)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes every port."""
        for listener in self._listeners:
            await listener.close()
        self._folder.cleanup()


async def _open(listeners: list[Listener], addresses: tuple[str, ...]) -> int:
    """Opens all listeners of a host at one port that is free at each of its addresses."""
    for attempt in range(_TRIES):
        await listeners[0].open(addresses[0])
        try:
            for listener, address in zip(listeners[1:], addresses[1:], strict=True):
                await listener.open(address, listeners[0].port)
        except OSError:
            await listeners[0].close()
            if attempt == _TRIES - 1:
                raise
            continue
        return listeners[0].port
    raise AssertionError("the loop returns or raises")
