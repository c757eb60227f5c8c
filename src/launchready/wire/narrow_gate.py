"""A gate beside the portal's: to the few hosts that its owner allows for one purpose, and to no other.

They need not be in scope, and being let through here lets nothing else through. Budget, journal and the rule about
addresses are those of the run.
"""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from launchready.errors import Refused
from launchready.wire.gate import Gate, Touch


class NarrowGate(Gate):
    """Lets https through to named hosts."""

    def __init__(self, gate: Gate, hosts: Collection[str], purpose: str) -> None:
        """Narrow the run's gate.

        Args:
            gate: of the run.
            hosts: the only ones that are let through.
            purpose: why they are asked, as it ends "… is asked for nothing but".
        """
        self._whole = gate
        self._hosts = frozenset(hosts)
        self._purpose = purpose
        self.consent = gate.consent
        self.unproved = {}

    def check(self, url_or_host: str, touch: Touch = Touch.READ, *, sockets: bool = False) -> None:
        """As `Gate.check`."""
        del touch, sockets
        parts = urlsplit(url_or_host if "://" in url_or_host else f"https://{url_or_host}")
        if parts.scheme != "https" or (parts.hostname or "").rstrip(".") not in self._hosts:
            raise Refused(
                f"{parts.hostname or 'this'} is asked for nothing but {self._purpose}",
                "leave it out of the run",
            )

    def check_address(self, host: str, address: str) -> None:
        """As `Gate.check_address`."""
        self._whole.check_address(host, address)

    def spend(self, *, requests: int) -> None:
        """As `Gate.spend`."""
        self._whole.spend(requests=requests)

    def received(self, size: int) -> None:
        """As `Gate.received`."""
        self._whole.received(size)

    def journal(self, method: str, url: str, **told: Any) -> None:
        """As `Gate.journal`."""
        self._whole.journal(method, url, **told)
