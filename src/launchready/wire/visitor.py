"""One visitor of the portal: cookies and headers of its own, kept and sent as a browser would. Raw, so never evidence."""

from collections.abc import Iterable
from typing import Self

from launchready.wire.gate import Touch
from launchready.wire.http import Answer, HttpWire


class Visitor:
    """Somebody who asks the portal; a stranger has no cookies yet.

    Attributes:
        name: for the journal: "anonymous" or an identity's.
        touch: how far its requests go unless told otherwise.
        headers: sent with each request to a host of the portal, as (name, value): a bearer token, say.
    """

    def __init__(self, http: HttpWire, name: str = "anonymous", touch: Touch = Touch.READ) -> None:
        self._http = http
        self.name = name
        self.touch = touch
        self.headers: tuple[tuple[str, str], ...] = ()

    async def fetch(
        self,
        method: str,
        url: str,
        *,
        headers: Iterable[tuple[str, str]] = (),
        body: bytes = b"",
        touch: Touch | None = None,
        max_bytes: int | None = None,
    ) -> Answer:
        """Ask once, with the cookies that belong to this address; keep those that the answer sets.

        Raises:
            WireError: as `HttpWire.fetch`.
        """
        raise NotImplementedError

    async def follow(
        self,
        method: str,
        url: str,
        *,
        headers: Iterable[tuple[str, str]] = (),
        body: bytes = b"",
        touch: Touch | None = None,
        most: int = 10,
    ) -> tuple[Answer, ...]:
        """Ask and follow redirects as a browser does (303, and 301/302 after POST, become GET); never out of scope.

        Raises:
            WireError: as `HttpWire.fetch`, for the first request; a later one that fails ends the trail.
        """
        raise NotImplementedError

    def copy(self, name: str = "") -> Self:
        """The same cookies and headers from now on apart: what this visitor held at this moment, for replaying."""
        raise NotImplementedError
