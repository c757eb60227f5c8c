"""One visitor of the portal: cookies and headers of its own, kept and sent as a browser would. Raw, so never evidence."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Self
from urllib.parse import urlsplit

from launchready.errors import WireError
from launchready.evidence.redact import Redactor
from launchready.evidence.sessions import HeldCookie
from launchready.wire.cookies import Cookie, Jar, changed, is_opaque
from launchready.wire.gate import Touch
from launchready.wire.http import Answer, HttpWire

_OF_A_BODY = frozenset(("content-type", "content-encoding", "content-language", "content-location"))


class Visitor:
    """Somebody who asks the portal; a stranger has no cookies yet.

    Attributes:
        name: for the journal: "anonymous" or an identity's.
        touch: how far its requests go unless told otherwise.
        headers: sent with each request to a host of the portal, as (name, value): a bearer token, say. They never leave
            for another host, nor go over plain http where the portal has https.
        local_storage: what a browser keeps for it, by origin; nothing here sends it.
    """

    def __init__(self, http: HttpWire, name: str = "anonymous", touch: Touch = Touch.READ) -> None:
        self._http = http
        self._jar = Jar(lambda: datetime.now(UTC))
        self.name = name
        self.touch = touch
        self.headers: tuple[tuple[str, str], ...] = ()
        self.local_storage: dict[str, dict[str, str]] = {}

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

        A header given here takes the place of this visitor's own, "Cookie" included.

        Raises:
            WireError: as `HttpWire.fetch`.
        """
        answer = await self._http.fetch(
            method,
            url,
            headers=self._headers(url, tuple(headers)),
            body=body,
            touch=self.touch if touch is None else touch,
            max_bytes=max_bytes,
            who=self.name,
        )
        self._jar.store(url, (value for name, value in answer.headers if name.lower() == "set-cookie"))
        return answer

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

        Headers given here go along within the same origin only.

        Raises:
            WireError: as `HttpWire.fetch`, for the first request; a later one that fails ends the trail.
        """
        given = tuple(headers)
        answers = [await self.fetch(method, url, headers=given, body=body, touch=touch)]
        while (target := answers[-1].location) and len(answers) < most:
            status = answers[-1].exchange.status
            if (status == 303 and method != "HEAD") or (status in (301, 302) and method == "POST"):
                method, body = "GET", b""
                given = tuple((name, value) for name, value in given if name.lower() not in _OF_A_BODY)
            if _origin(target) != _origin(url):
                given = ()
                if body and not self._may_be_told(target):
                    break  # what a form holds may be a password
            url = target
            try:
                answers.append(await self.fetch(method, url, headers=given, body=body, touch=touch))
            except WireError:
                break
        return tuple(answers)

    def copy(self, name: str = "") -> Self:
        """The same cookies and headers from now on apart: what this visitor held at this moment, for replaying."""
        other = type(self)(self._http, name or self.name, self.touch)
        other.replace_cookies(self.cookies)
        other.headers = self.headers
        other.local_storage = {origin: dict(stored) for origin, stored in self.local_storage.items()}
        return other

    @property
    def cookies(self) -> tuple[Cookie, ...]:
        """All cookies held, raw, oldest first."""
        return self._jar.cookies()

    def held(self, url: str) -> tuple[tuple[str, str], ...]:
        """(name, value) of the cookies that a request to this address would carry, raw, in their order."""
        return tuple((cookie.name, cookie.value) for cookie in self._jar.sent_to(url))

    def cookies_as_evidence(self, redact: Redactor) -> tuple[HeldCookie, ...]:
        """All cookies held, their values as fingerprints."""
        return tuple(
            HeldCookie(
                each.name,
                redact.fingerprint(each.value),
                each.host,
                each.host_only,
                each.path,
                opaque=is_opaque(each.value),
            )
            for each in self._jar.cookies()
        )

    def replace_cookies(self, cookies: Iterable[Cookie]) -> None:
        """Hold exactly these cookies."""
        self._jar.replace(cookies)

    def keep_cookies(self, cookies: Iterable[Cookie]) -> None:
        """Hold these cookies too; each takes the place of one of the same name, host and path."""
        for cookie in cookies:
            self._jar.keep(cookie)

    def drop(self, name: str) -> None:
        """Forget every cookie of this name."""
        self._jar.replace(cookie for cookie in self._jar.cookies() if cookie.name != name)

    def set_cookie(self, name: str, value: str, url: str = "") -> None:
        """Change the value of every cookie of this name; where none is held, hold one for the host of `url`."""
        held = [cookie for cookie in self._jar.cookies() if cookie.name == name]
        host = urlsplit(url).hostname or ""
        if not held and host:
            held = [Cookie(name, value, host, secure=url.startswith("https:"))]
        for cookie in held:
            self._jar.keep(changed(cookie, value))

    def forget(self) -> None:
        """Become a stranger again: no cookies, no headers, nothing stored."""
        self._jar.replace(())
        self.headers = ()
        self.local_storage = {}

    def _headers(self, url: str, given: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        names = {name.lower() for name, _ in given}
        sent = [header for header in self._own(url) if header[0].lower() not in names]
        if "cookie" not in names and (pairs := self.held(url)):
            sent.append(("Cookie", "; ".join(f"{name}={value}" if name else value for name, value in pairs)))
        return (*sent, *given)

    def _own(self, url: str) -> tuple[tuple[str, str], ...]:
        """This visitor's headers, if they may go there."""
        return self.headers if self._may_be_told(url) else ()

    def _may_be_told(self, url: str) -> bool:
        """Whether a secret may go there: to a host of the portal, and not in the clear where the portal has https."""
        parts = urlsplit(url)
        secure = parts.scheme == "https" or not self._http.portal_is_secure
        return secure and (parts.hostname or "").rstrip(".") in self._http.portal_hosts


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"https": 443, "http": 80}.get(parts.scheme)
