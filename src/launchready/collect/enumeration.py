"""Collects `Enumeration`: whether strangers can find out who has an account, at the login, a reset and a sign-up.

Names of own test accounts and names that nobody has are typed in an order drawn by lot, one after the other: what changes
with time, with a counter or by chance changes for both alike. Where the answers or their times seem to differ, all of it
is done once more: adverts change as well, a busy machine is late as well, and what is no accident comes again. No account
gets more than two wrong passwords without the right one after them.
"""

import asyncio
import random
import re
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from launchready.collect import disturbing
from launchready.collect._doors import LIMITED, Finding, FormPlace, LoginPlace, Place
from launchready.collect._gaps import gap
from launchready.collect._naming import Try, deciding, nobody, seem_apart
from launchready.collect.forgetting.pages import find_entry
from launchready.collect.likeness import likeness, readable
from launchready.collect.people import People
from launchready.collect.people.pages import Page
from launchready.collect.probing import Account, Bounds, OutOfBoundsError, Prober, wrong_password
from launchready.errors import Refused, WireError
from launchready.evidence import Missing
from launchready.evidence.enumeration import Door, Enumeration, Named
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire import Touch, Wire

MOST_REQUESTS = 240
MOST_WRONG = 8
"""Wrong passwords for accounts, in all looks."""
_LOOKS = 2
_STRANGERS = 8
"""Names that nobody has, in one look at a login."""
IN_A_ROW = 2
"""Wrong passwords for one account before its right one."""
_PATIENCE = 10.0
_PLAIN = re.compile(r"[^\w]*(?:[A-Za-z]?[a-z]*|[A-Z]*)(?:[\W_#]+(?:[A-Za-z]?[a-z]*|[A-Z]*))*|[^\x00-\x7f]+")
"""Words and names with marks between them, of which none is written in mixed case; or another script than the Latin."""
_SHOWN = 120
"""Characters of a text that are kept."""
_MOST_TEXTS = 200


@disturbing(1)
async def enumeration(wire: Wire, site: Site, people: People) -> Enumeration:
    """Name accounts and nobody in turn, wherever a name is typed."""
    wire.gate.check(site.portal.url, Touch.PROBE)
    accounts = await Account.for_tests(people, site)
    wire.gate.check(accounts[0].way.url, Touch.PROBE)
    return await _Asking(wire, site, accounts).run()


@dataclass(slots=True)
class _Asking:
    """One run."""

    wire: Wire
    site: Site
    accounts: tuple[Account, ...]
    bounds: Bounds = field(init=False)
    lot: random.Random = field(default_factory=lambda: random.Random(secrets.randbits(64)))  # noqa: S311 -- an order, no secret
    works: dict[str, bool | None] = field(default_factory=dict)
    wrong: int = 0

    def __post_init__(self) -> None:
        self.bounds = Bounds(MOST_REQUESTS, f"enumeration {secrets.token_hex(4)}")

    async def run(self) -> Enumeration:
        """All places."""
        doors = [await self._login()]
        finding = Finding(self.wire, self.site)
        start = getattr(self.accounts[0].way, "start", "")
        login = await finding.page(start) if start else None
        home = await finding.page(self.site.portal.url)
        doors.append(await self._reset(login or home))
        doors.append(await self._sign_up(await finding.sign_up(login, home), finding.why))
        await self._all_work()
        return Enumeration(
            doors=tuple(doors),
            marker=self.bounds.marker,
            requests=self.bounds.sent,
            still_works=tuple(name for name, works in self.works.items() if works),
            refused=tuple(name for name, works in self.works.items() if works is False),
        )

    async def _login(self) -> Door:
        """Wrong passwords for accounts and for nobody; twice, with the right ones in between, where there are few."""
        way = self.accounts[0].way
        if way.driven:
            why = (
                "the login works through a browser only, which is too slow and uneven to compare answers with"
            )
            return self._gap("login", way.url, why)
        tries, stopped = await self._looked(lambda _: self._wrong_passwords())
        return self._door(LoginPlace(way, ""), tries, stopped=stopped)

    async def _wrong_passwords(self) -> tuple[list[Try], bool]:
        """One look at the login, in two parts where there is one account only; the right passwords between all parts."""
        tries: list[Try] = []
        left = MOST_WRONG // _LOOKS
        while left:
            names = [account for _ in range(IN_A_ROW) for account in self.accounts][:left]
            if self.wrong and not await self._all_work():
                return tries, True
            self.wrong += len(names)
            further, stopped = await self._tried(
                lambda account: LoginPlace(account.way, wrong_password(account.password)),
                names,
                _STRANGERS * _LOOKS * len(names) // MOST_WRONG,
            )
            tries += further
            if stopped:
                return tries, True
            left -= len(names)
        return tries, False

    async def _all_work(self) -> bool:
        for account in self.accounts:
            await self._prove(account)
        return all(self.works.values())

    async def _looked(
        self, look: Callable[[int], Awaitable[tuple[list[Try], bool]]]
    ) -> tuple[list[Try], bool]:
        """Look once, and once more where that seems to tell something; with whether a limiter ended it."""
        tries: list[Try] = []
        for at in range(1, _LOOKS + 1):
            further, stopped = await look(at)
            tries += [replace(each, look=at) for each in further]
            if stopped or not seem_apart(further):
                return tries, stopped
        return tries, False

    async def _reset(self, login: Page | None) -> Door:
        entry = await find_entry(self.wire, self.site, login)
        if not entry.url:
            return Door("reset", "", gap=entry.why)
        if entry.scripted:
            return self._gap(
                "reset", entry.url, "asking for a reset is a script's work there, and was not tried"
            )
        place = FormPlace(self.wire, "reset", entry.url)
        named = [account for account in self.accounts[:4] if "@" in account.username] or list(
            self.accounts[:4]
        )
        return await self._at(place, named, max(4, 2 * len(named)))

    async def _sign_up(self, place: FormPlace | None, unseen: Missing | None) -> Door:
        if place is None:
            return Door("sign-up", "", gap=unseen)
        named = [account for account in self.accounts if "@" in account.username][:3]
        if not named:
            return self._gap(
                "sign-up", place.url, "no test account is named by an address, which the form asks for"
            )
        return await self._at(place, named, 3, own=not place.incomplete)

    async def _at(self, place: FormPlace, named: list[Account], strangers: int, *, own: bool = False) -> Door:
        """At a page with a form; with `own`, nobody's names are further addresses of our own mailboxes."""
        try:
            self.wire.gate.check(place.url, Touch.PROBE)
            enough = strangers, max(strangers, deciding(len(named)))
            tries, stopped = await self._looked(
                lambda look: self._tried(lambda _: place, named, enough[look - 1], own=own)
            )
            if own and tries and not stopped:
                # An address with a plus in it may be refused for that: so one without has to be answered alike.
                further, stopped = await self._tried(lambda _: place, [], 1)
                tries += further
        except Refused as error:
            return Door(place.place, self.wire.http.remember(place.url), gap=gap(error))
        return self._door(place, tries, stopped=stopped)

    async def _tried(
        self, place: Callable[[Account], Place], named: list[Account], strangers: int, *, own: bool = False
    ) -> tuple[list[Try], bool]:
        """Tries in an order drawn by lot, and whether a limiter was noticed, which ends them."""
        order: list[tuple[Account, bool]] = [(account, True) for account in named]
        like = named or [self.accounts[0]]
        order += [(like[at % len(like)], False) for at in range(strangers)]
        self.lot.shuffle(order)
        tries: list[Try] = []
        refused_as: str | None = None
        for account, known in order:
            name = account.username if known else nobody(account.username, own=own)
            if not name:
                continue
            where = place(account)
            prober = Prober.new(self.wire.http, self.bounds, account.name if known else "nobody")
            try:
                async with asyncio.timeout(_PATIENCE):
                    told = await where.say(prober, name)
            except (TimeoutError, OutOfBoundsError):
                return tries, True
            except Refused:
                raise
            except WireError:
                return tries, True
            refused_as = told.reason if refused_as is None else refused_as
            if told.limited or not told.answers or (told.reason in LIMITED and told.reason != refused_as):
                return tries, True
            typed = (name, getattr(where, "password", ""))
            first, last = told.answers[0], told.answers[-1]
            looks = likeness(first, typed, body=last.body if first.location else None)
            tries.append(Try(account.name if known else "", looks, first.seconds))
        return tries, False

    async def _prove(self, account: Account) -> None:
        """The right password, so that what was counted is forgotten, and that the account is as it was."""
        prober = Prober.new(self.wire.http, self.bounds, account.name)
        try:
            async with asyncio.timeout(_PATIENCE):
                told = await account.way.attempt(
                    prober, account.username, account.password, touch=Touch.PROBE
                )
            self.works[account.name] = told.accepted or told.second_step
        except (TimeoutError, WireError):
            self.works[account.name] = None

    def _door(self, place: Place, tries: list[Try], *, stopped: bool) -> Door:
        """As evidence: what all answers share is left out."""
        texts = [frozenset(each.told.fragments) for each in tries]
        headers = [each.told.names for each in tries]
        shared = frozenset.intersection(*texts) if texts else frozenset()
        common = frozenset.intersection(*headers) if headers else frozenset()
        named = tuple(
            Named(
                who=each.who,
                status=each.told.status,
                leads=readable(each.told.leads),
                length=each.told.length,
                seconds=round(each.seconds, 6),
                headers=tuple(sorted(each.told.names - common)),
                texts=tuple(
                    sorted((self._shown(text), count) for text, count in each.told.fragments - shared)
                )[:_MOST_TEXTS],
                look=each.look,
            )
            for each in tries
        )
        url = self.wire.http.remember(place.url)
        return Door(place.place, url, named, stopped=stopped, incomplete=place.incomplete)

    def _shown(self, text: str) -> str:
        """A text as it stands, cut; a fingerprint where it might be a value and not a text."""
        text = readable(text)
        return text[:_SHOWN] if " " in text or _PLAIN.fullmatch(text) else self.wire.redact.fingerprint(text)

    def _gap(self, place: str, url: str, why: str) -> Door:
        missing = Missing(Cause.NOT_COLLECTED, why, "compare by hand, as the check's page describes")
        return Door(place, self.wire.http.remember(url), gap=missing)
