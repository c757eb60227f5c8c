"""Sends marked values on the ways that people and programs use: the login, a reset, the interface, and into errors.

No account is tried: the names are such as nobody has. What an identity really sent to sign in is looked for as well.
"""

import json
import secrets
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from launchready.collect._doors import Finding, FormPlace
from launchready.collect._gaps import gap
from launchready.collect.forgetting.pages import find_entry
from launchready.collect.log_search.marks import Mark, card, own, password, token
from launchready.collect.people import People, SignedIn
from launchready.collect.people.failing import NotSignedIn
from launchready.collect.people.ways_out import PASTED
from launchready.collect.probing import MARK, Account, Bounds, Prober, nobody
from launchready.errors import Refused, SignInFailed, WireError
from launchready.evidence import Missing
from launchready.evidence.logs import Sown
from launchready.verdict import Cause
from launchready.wire import Touch
from launchready.wire.http import Answer

MOST_REQUESTS = 60
_MOST_OPERATIONS = 2
_MOST_TRIED = 3
"""Identities that are tried for a session, where the portal takes no more logins of the first."""
_JSON = (("Content-Type", "application/json"), ("Accept", "application/json"))


@dataclass(slots=True)
class Sowing:
    """One run of it: first `sign_in`, then `further`; what cannot be done is noted.

    Attributes:
        people: who may be signed in as.
        marks: everything that was sent.
        sown: on which ways, or why not.
        unknown: the name that nobody has, which was typed at the login; empty where none was.
        signed_in: the session that was begun for this.
    """

    people: People
    marks: list[Mark] = field(default_factory=list)
    sown: list[Sown] = field(default_factory=list)
    unknown: str = ""
    signed_in: SignedIn | None = None
    _accounts: tuple[Account, ...] = ()
    _bounds: Bounds = field(init=False)

    def __post_init__(self) -> None:
        self._bounds = Bounds(MOST_REQUESTS, f"log-canary {secrets.token_hex(4)}")

    async def sign_in(self) -> None:
        """Sign in as an identity, and fail to as nobody."""
        await self._sign_in()
        try:
            self.people.wire.gate.check(self.people.site.portal.url, Touch.PROBE)
            self._accounts = await Account.for_tests(self.people, self.people.site)
        except WireError as error:
            self.sown.append(Sown("login", ("password",), why=gap(error)))
            return
        await self._login(self._accounts[0])

    async def further(self) -> None:
        """All other ways."""
        try:
            self.people.wire.gate.check(self.people.site.portal.url, Touch.PROBE)
        except Refused:
            return
        for account in self._accounts[:1]:
            await self._reset(account)
        await self._errors(self._accounts)
        await self._headers(self._accounts)

    async def last(self) -> str:
        """Ask for an address that is nowhere, and give what tells it from all others: what the web server writes last."""
        name = f"{MARK}{secrets.token_hex(4)}"
        url = urljoin(self.people.site.portal.url, f"/{name}")
        with suppress(WireError):
            await self.people.stranger().fetch("GET", url)
        return name

    async def _sign_in(self) -> None:
        """Begin a session as somebody does every morning; its password and what it is given are looked for."""
        ordered = sorted(self.people.site.identities, key=lambda each: (not each.test, each.mfa, each.admin))
        names = [each.name for each in ordered if each.password and each.username]
        if not names:
            why = Missing(
                Cause.NOT_COLLECTED,
                "the portal file names nobody who signs in with a password",
                "add an [[identity]] with test = true, username and password",
            )
            self.sown.append(Sown("sign-in", ("password",), why=why))
            return
        session = await self._begun(names)
        if session is None:
            return
        name = session.identity.name
        way = f"sign-in of {name}"
        found = [
            own("password", way, "" if session.record.way in PASTED else self.people.typed(name).password),
            own("access token", way, session.access_token),
            own("refresh token", way, session.refresh_token),
            *(own("session cookie", way, value) for value in _carrying(session)),
        ]
        marks = [each for each in found if each is not None]
        self.marks += marks
        self.signed_in = session
        trail = session.record.trail
        self.sown.append(Sown(way, _kinds(marks), trail[-1].status if trail else 0))

    async def _begun(self, names: list[str]) -> SignedIn | None:
        """The session of the first who gets one; None, and why the first did not, where nobody does.

        Who stood for the wrong passwords of this run may have to wait, and the next one need not.
        """
        whys: list[Missing] = []
        for name in names[:_MOST_TRIED]:
            try:
                return await self.people.fresh(name)
            except SignInFailed as error:
                whys.append(gap(error))
                if not isinstance(error, NotSignedIn) or error.reason not in ("limited", "locked"):
                    break
        self.sown.append(Sown(f"sign-in of {names[0]}", ("password",), why=whys[0]))
        return None

    def _prober(self) -> Prober:
        return Prober.new(self.people.wire.http, self._bounds, "nobody")

    async def _login(self, account: Account) -> None:
        mark = password("login")
        name = nobody(account.username)
        if not name or account.way.driven:
            what = "the login works through a browser only" if name else "no name is sure to be nobody's"
            why = Missing(
                Cause.NOT_COLLECTED, what, "look for a password of a failed login in the logs by hand"
            )
            self.sown.append(Sown("login", (mark.kind,), why=why))
            return
        self.unknown = name

        async def typed() -> Answer | None:
            attempted = await account.way.attempt(self._prober(), name, mark.value, touch=Touch.PROBE)
            return attempted.answers[-1] if attempted.answers else None

        await self._noted("login", (mark,), typed())

    async def _reset(self, account: Account) -> None:
        finding = Finding(self.people.wire, self.people.site)
        start = getattr(account.way, "start", "")
        entry = await find_entry(
            self.people.wire, self.people.site, await finding.page(start or self.people.site.portal.url)
        )
        name = nobody(account.username)
        if not entry.url or entry.scripted or not name:
            return  # there is no such way, or a script's: what is sent by it is like the rest

        async def asked() -> Answer | None:
            told = await FormPlace(self.people.wire, "reset", entry.url).say(self._prober(), name)
            return told.answers[-1] if told.answers else None

        await self._noted("password reset", (Mark("e-mail address", "password reset", name),), asked())

    async def _errors(self, accounts: tuple[Account, ...]) -> None:
        """Bodies that cannot be read; the login also gets such as can be, and hold something else than was expected.

        What else takes a body might make something of one that can be read.
        """
        login = accounts[0].way.url if accounts else ""
        for url in dict.fromkeys(filter(None, (login, *await self._operations("post")))):
            where = "login" if url == login else urlsplit(url).path
            ways = [(f"broken JSON to {where}", True), (f"odd JSON to {where}", False)]
            for way, broken in ways if url == login else ways[:1]:
                marks = (password(way), token("token", way), card(way))
                secret, key, number = (each.value for each in marks)
                fields = {
                    "email": ["nobody"],
                    "password": secret,
                    "token": key,
                    "card_number": number,
                    "n": {},
                }
                body = json.dumps(fields)[: -1 if broken else None].encode()
                sent = self._prober().fetch("POST", url, headers=_JSON, body=body, touch=Touch.PROBE)
                await self._noted(way, marks, sent)

    async def _headers(self, accounts: tuple[Account, ...]) -> None:
        """A bearer token, a key and a session that open nothing."""
        portal = self.people.site.portal.url
        cookie = next((name for name in _carriers(self.signed_in, "cookie")), "session")
        ways = [each.way.url for each in accounts[:1]]
        for url in dict.fromkeys((portal, *await self._operations("get"), *ways)):
            way = f"headers to {urlsplit(url).path or '/'}"
            marks = (token("bearer token", way), token("API key", way), token("session cookie", way))
            bearer, key, session = (each.value for each in marks)
            headers = (
                ("Authorization", f"Bearer {bearer}"),
                ("X-API-Key", key),
                ("Cookie", f"{cookie}={session}"),
            )
            await self._noted(
                way, marks, self._prober().fetch("GET", url, headers=headers, touch=Touch.PROBE)
            )

    async def _operations(self, method: str) -> list[str]:
        """Addresses of the portal's interface that take this method and no id."""
        site = self.people.site
        found = []
        for each in await self.people.apis.operations():
            url = urljoin(site.portal.url, each.path)
            if each.method == method and "{" not in url and urlsplit(url).hostname in site.hosts:
                found.append(url)
        return sorted(found)[:_MOST_OPERATIONS]

    async def _noted(self, way: str, marks: tuple[Mark, ...], sent: Awaitable[Answer | None]) -> None:
        try:
            answer = await sent
        except WireError as error:
            self.sown.append(Sown(way, _kinds(marks), why=gap(error)))
            return
        self.marks += marks
        self.sown.append(Sown(way, _kinds(marks), answer.exchange.status if answer is not None else 0))


def _kinds(marks: list[Mark] | tuple[Mark, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.kind for each in marks))


def _carriers(session: SignedIn | None, kind: str) -> list[str]:
    """Names of the cookies or headers without which the session is none."""
    carriers = session.record.carriers if session is not None else ()
    return [name for what, _, name in (each.partition(" ") for each in carriers) if what == kind]


def _carrying(session: SignedIn) -> list[str]:
    names = set(_carriers(session, "cookie"))
    return [each.value for each in session.visitor.cookies if each.name in names]
