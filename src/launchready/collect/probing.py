"""Visitors who try what no user would: counted, bounded, and marked so that the portal's owner finds them in the logs."""

import secrets
import string
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from launchready.collect.people import LoginWay, People, SignedIn
from launchready.errors import Refused, SignInFailed
from launchready.site import Site
from launchready.wire.gate import Touch
from launchready.wire.http import USER_AGENT, Answer, HttpWire
from launchready.wire.visitor import Visitor

MARKER = "X-Launchready-Probe"
MARK = "lrprobe"
"""Stands in every name that nobody has, where there is room."""


class OutOfBoundsError(Refused):
    """A probe has used up what it may send."""

    def __init__(self) -> None:
        super().__init__("the bounds of this probe are reached", "run the audit again")


@dataclass(slots=True)
class Bounds:
    """What one probe may still send.

    Attributes:
        left: requests.
        marker: value of the marking header.
    """

    left: int
    marker: str
    sent: int = 0

    def take(self) -> None:
        """One request.

        Raises:
            OutOfBoundsError: there is none left.
        """
        if self.left < 1:
            raise OutOfBoundsError
        self.left -= 1
        self.sent += 1


class Prober(Visitor):
    """A stranger with an empty jar who counts and marks each request and remembers the answers.

    Attributes:
        answers: all of them, in order; raw.
        sent: requests, those without an answer included.
        follows: whether it goes where an answer to a POST redirects; one request less where nobody looks at the page.
    """

    def __init__(self, http: HttpWire, name: str = "anonymous", touch: Touch = Touch.PROBE) -> None:
        super().__init__(http, name, touch)
        self.bounds = Bounds(0, "")
        self.marks: tuple[tuple[str, str], ...] = ()
        self.answers: list[Answer] = []
        self.sent = 0
        self.follows = True

    @classmethod
    def new(
        cls,
        http: HttpWire,
        bounds: Bounds,
        name: str,
        *,
        headers: Iterable[tuple[str, str]] = (),
        follows: bool = True,
    ) -> Self:
        """Somebody who sends these headers with each request."""
        prober = cls(http, name)
        agent = f"{USER_AGENT} {bounds.marker.partition(' ')[0]}-probe"
        prober.bounds, prober.follows = bounds, follows
        prober.marks = (("User-Agent", agent), (MARKER, bounds.marker), *headers)
        return prober

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
        """As a visitor's, counted and marked."""
        self.bounds.take()
        self.sent += 1
        given = tuple(headers)
        known = {name.lower() for name, _ in given}
        marks = tuple(mark for mark in self.marks if mark[0].lower() not in known)
        answer = await super().fetch(
            method, url, headers=(*given, *marks), body=body, touch=touch, max_bytes=max_bytes
        )
        self.answers.append(answer)
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
        """As a visitor's; an answer to a POST is the last where this one does not follow."""
        most = most if self.follows or method != "POST" else 1
        return await super().follow(method, url, headers=headers, body=body, touch=touch, most=most)

    def copy(self, name: str = "") -> Self:
        """As a visitor's; what the copy sends counts too."""
        other = super().copy(name)
        other.bounds, other.marks, other.follows = self.bounds, self.marks, self.follows
        return other


@dataclass(slots=True)
class Account:
    """An own test account and its login, raw."""

    signed: SignedIn
    way: LoginWay
    username: str = field(repr=False)
    password: str = field(repr=False)

    @property
    def name(self) -> str:
        """What the portal file calls it."""
        return self.signed.identity.name

    @classmethod
    async def for_tests(cls, people: People, site: Site) -> "tuple[Account, ...]":
        """The identities that may be tried with wrong passwords: proved, of tests only, signing in with a password.

        Those without a second factor and without admin rights stand first.

        Raises:
            SignInFailed, Refused: there is none, and why.
        """
        if not site.identities:
            raise SignInFailed(
                "the portal file names nobody to sign in as", "add an [[identity]] with test = true"
            )
        able = [each for each in site.identities if each.password and each.username]
        if not able:
            raise SignInFailed(
                "no identity signs in with a password", "add an [[identity]] with username and password"
            )
        tests = [each for each in able if each.test]
        if not tests:
            raise Refused(
                "wrong passwords are sent to accounts for tests only, and no [[identity]] says that it is one",
                "set test = true in an [[identity]] that exists for tests only",
            )
        found: list[Account] = []
        trouble: SignInFailed | None = None
        for identity in sorted(tests, key=lambda each: (each.mfa, each.admin)):
            try:
                signed = await people.shared(identity.name)
            except SignInFailed as error:
                trouble = trouble or error
                continue
            if signed.way is not None and identity.password is not None:
                password = identity.password.resolve().get_secret_value()
                found.append(cls(signed, signed.way, identity.username, password))
        if not found:
            raise trouble or SignInFailed(
                "no identity for tests signed in with its password", "give one of them username and password"
            )
        return tuple(found)


def nobody(username: str) -> str:
    """A name of the same kind and length that nobody has, by all chance; empty where any name might be somebody's.

    Numbers and other short names without a word in them might be: so nothing is made up in their place.
    """
    local, at, domain = username.partition("@")
    if not any(map(str.isalpha, local)):
        return ""
    length = max(len(local), len(MARK) + 6) if at or len(local) >= len(MARK) + 6 else len(MARK) + 6
    tail = "".join(secrets.choice(string.ascii_lowercase) for _ in range(length - len(MARK)))
    return f"{MARK}{tail}{at}{domain}"


def wrong_password(right: str) -> str:
    """As long as the right one, and never it; of all kinds of characters, so that no rule on its shape refuses it."""
    while True:
        body = "".join(
            secrets.choice(string.ascii_letters + string.digits) for _ in range(max(12, len(right)) - 4)
        )
        made = f"{body}aZ7-"
        if made != right:
            return made
