"""Collects `LoginLimit`: what stops somebody who guesses the password of an own test account."""

import asyncio
import secrets
from contextlib import suppress
from dataclasses import dataclass, field

from launchready.collect import disturbing
from launchready.collect._hearing import Hearing, Tried
from launchready.collect.enumeration import MOST_WRONG
from launchready.collect.guessing import (
    BURST,
    MOST_REQUESTS,
    MOST_SECONDS,
    SERVED_WITHIN,
    Means,
    Move,
    Reply,
    procedure,
)
from launchready.collect.likeness import Likeness
from launchready.collect.people import Attempted, People
from launchready.collect.people.form_login import FormWay
from launchready.collect.probing import Account, Bounds, OutOfBoundsError, Prober, nobody, wrong_password
from launchready.errors import Refused, SignInFailed, WireError
from launchready.evidence.login_limit import Guess, LoginLimit
from launchready.site import Site
from launchready.wire import Touch, Wire

_PATIENCE = 10.0
"""Seconds for one try that is not part of a burst."""
_UNROUTED = "192.88.99.{}"
"""Addresses that claim to be somewhere else: the former 6to4 anycast prefix (RFC 7526) is public and nobody's."""


@disturbing(3)
async def login_limit(wire: Wire, site: Site, people: People) -> LoginLimit:
    """Guess, within bounds, as `guessing.procedure` says."""
    wire.gate.check(site.portal.url, Touch.PROBE)
    accounts = await Account.for_tests(people, site)
    if accounts[0].way.driven:
        raise SignInFailed(
            "the login works through a browser only, and a browser is too slow to guess with",
            "add an [[identity]] with test = true that signs in by a form or by JSON",
        )
    wire.gate.check(accounts[0].way.url, Touch.PROBE)
    with wire.http.at_once(accounts[0].way.url):
        return await _Series(wire, site, accounts).run()


@dataclass(slots=True)
class _Series:
    """One run of the procedure."""

    wire: Wire
    site: Site
    accounts: tuple[Account, ...]
    bounds: Bounds = field(init=False)
    unknown: str = ""
    password: str = field(default="", repr=False)
    """The one that is sprayed."""
    started: float = 0.0
    hearing: Hearing = field(default_factory=Hearing)
    welcome: dict[str, Likeness] = field(default_factory=dict)
    waiting: dict[str, list[Prober]] = field(default_factory=dict)
    """For each kind of name, who tried a wrong password for it as a newcomer, whoever waited longest first."""
    opened: Prober | None = None
    """Somebody who has opened the form for the first wrong password, and sent nothing."""
    captcha_shown: bool = False
    trouble: str = ""
    others_answer: bool = True

    def __post_init__(self) -> None:
        self.bounds = Bounds(MOST_REQUESTS, f"brute-force {secrets.token_hex(4)}")
        self.unknown = nobody(self.accounts[0].username)
        self.password = wrong_password(self.accounts[0].password)

    async def run(self) -> LoginLimit:
        """Make every move, and write down what came of it."""
        self.started = _now()
        course = procedure(
            Means(
                other=len(self.accounts) > 1,
                unknown=bool(self.unknown),
                form=isinstance(self.accounts[0].way, FormWay),
                earlier=-(-MOST_WRONG // len(self.accounts)),
            )
        )
        move, telling = next(course), frozenset[str]()
        while True:
            replies = await self._made(move)
            try:
                move = course.send(replies)
            except StopIteration as over:
                telling = over.value
                break
        return LoginLimit(
            identity=self.accounts[0].name,
            other=self.accounts[1].name if len(self.accounts) > 1 else "",
            way=self.accounts[0].way.kind,
            login_url=self.wire.http.remember(self.accounts[0].way.url),
            marker=self.bounds.marker,
            guesses=self.hearing.told(telling),
            requests=self.bounds.sent,
            seconds=round(_now() - self.started, 3),
            usual=self.hearing.usual_answer,
            refused=self.hearing.refused,
            captcha_shown=self.captcha_shown,
            trouble=self.trouble,
            others_answer=self.others_answer,
        )

    async def _made(self, move: Move) -> tuple[Reply, ...]:
        if move.wait:
            await asyncio.sleep(move.wait)
        if move.purpose == "health":
            return (await self._health(),)
        if move.purpose == "begin":
            self.started = _now()
            self.opened = None
            self.waiting.clear()
        patience = SERVED_WITHIN if move.count > 1 or move.right else _PATIENCE
        left = max(1.0, MOST_SECONDS - (_now() - self.started))
        names = [self._name(move.who) for _ in range(min(move.count, BURST))]
        probers = self._probers(move, len(names))
        before, begun = [prober.sent for prober in probers], _now()
        patience = min(patience, left)
        way = self._account(move).way
        if move.count > 1 and not move.shared and isinstance(way, FormWay):
            # All have the form before any sends it, or they would hardly come at once.
            await asyncio.gather(
                *(_ready(way, *each, patience=patience) for each in zip(probers, names, strict=True))
            )
        tried = await asyncio.gather(
            *(
                self._try(move, *each, patience=patience, begun=begun)
                for each in zip(probers, names, before, strict=True)
            )
        )
        return tuple(self.hearing.take(move, each) for each in sorted(tried, key=lambda each: each.guess.at))

    def _name(self, who: str) -> str:
        match who:
            case "own":
                return self.accounts[0].username
            case "other":
                return self.accounts[1].username
            case "many":
                return nobody(self.accounts[0].username)
        return self.unknown

    def _account(self, move: Move) -> Account:
        return self.accounts[1 if move.who == "other" else 0]

    def _probers(self, move: Move, count: int) -> list[Prober]:
        """So many who make a move, none of them twice at once."""
        if move.right or move.shared or move.forged or move.who == "many":
            return [self._prober(move) for _ in range(count)]
        waiting = self.waiting.setdefault(move.who, [])
        probers = waiting[:count] if move.again else []
        del waiting[: len(probers)]
        for prober in probers:
            prober.follows = self._follows(move)
        probers += [self._prober(move) for _ in range(count - len(probers))]
        waiting += probers
        return probers

    def _follows(self, move: Move) -> bool:
        return move.follow or "step" in self._account(move).way.kind

    def _prober(self, move: Move) -> Prober:
        """Somebody with an empty jar, or with the page that is shared."""
        account = self._account(move)
        forged = tuple((name, _forged(name)) for name in move.forged)
        follows = self._follows(move)
        if move.shared and self.opened and isinstance(account.way, FormWay):
            prober = self.opened.copy()
            prober.follows = follows
            account.way.lend(self.opened, prober)
            return prober
        named = account.name if move.who in ("own", "other") else "nobody"
        return Prober.new(self.wire.http, self.bounds, named, headers=forged, follows=follows)

    async def _open(self, way: FormWay, prober: Prober, username: str) -> None:
        """Have somebody open the form, and keep a copy of them as they are then."""
        await way.open(prober, username, touch=Touch.PROBE)
        copy = prober.copy()
        if way.lend(prober, copy):
            self.opened = copy
            self.waiting.clear()  # they are one visitor with all who share the page

    async def _try(
        self, move: Move, prober: Prober, username: str, before: int, *, patience: float, begun: float
    ) -> Tried:
        """Send one pair of credentials; `before` requests and up to the moment `begun` it was something else."""
        account = self._account(move)
        wrong = self.password if move.purpose == "spray" else wrong_password(self.accounts[0].password)
        password = account.password if move.right else wrong
        attempted: Attempted | None = None
        outcome = "wrong"
        try:
            async with asyncio.timeout_at(begun + patience):
                if move.purpose == "reference" and self.opened is None and isinstance(account.way, FormWay):
                    await self._open(account.way, prober, username)
                attempted = await account.way.attempt(prober, username, password, touch=Touch.PROBE)
        except OutOfBoundsError:
            outcome = "unsent"
        except TimeoutError:
            outcome = "silent"
        except Refused:
            raise
        except WireError:
            # The page with the form may have been refused: its answer counts then.
            outcome = "other" if prober.answers and prober.answers[-1].exchange.status >= 400 else "silent"
        sent = prober.sent - before
        tried = Tried(self._guess(move, outcome, sent, _now() - begun), requests=sent)
        answers = attempted.answers if attempted else tuple(prober.answers[-1:])
        if outcome not in ("unsent", "silent") and answers:
            tried.take_apart(answers, (username, password))
        if attempted and tried.first:
            try:
                tried.accepted = (attempted.accepted or attempted.second_step) and await self._is_welcome(
                    move, account, prober, tried.first, second_step=attempted.second_step
                )
            except WireError as error:
                # Whether it was let in was not seen, which is not the same as that it was not.
                unseen = "unsent" if isinstance(error, OutOfBoundsError) else "silent"
                return Tried(self._guess(move, unseen, sent, _now() - begun), requests=prober.sent - before)
            if move.purpose == "begin" and isinstance(account.way, FormWay):
                self.captcha_shown = account.way.read(prober.answers[0]).has_captcha
        return tried

    async def _is_welcome(
        self, move: Move, account: Account, prober: Prober, first: Likeness, *, second_step: bool
    ) -> bool:
        """Whether a password that looks accepted was: answered as the first one was, or with proof.

        Raises:
            WireError: the proof was not answered.
        """
        if not move.right:
            return False
        if move.purpose == "begin":
            self.welcome.setdefault(move.who, first)
        known = self.welcome.get(move.who)
        if known is None or (first.status, first.leads) == (known.status, known.leads):
            return True
        if second_step:
            return False
        return await account.signed.is_proved(prober)

    def _guess(self, move: Move, outcome: str, requests: int, seconds: float) -> Guess:
        return Guess(
            purpose=move.purpose,
            who="unknown" if move.who == "many" else move.who,
            right=move.right,
            outcome=outcome,
            status=0,
            leads="",
            size=0,
            seconds=round(seconds, 3),
            at=round(_now() - self.started, 3),
            forged=move.forged,
            requests=requests,
            shared=move.shared,
        )

    async def _health(self) -> Reply:
        """Whether the start page answers while the login does not."""
        prober = Prober.new(self.wire.http, self.bounds, "anonymous")
        self.trouble = (
            "server errors" if any(each.status >= 500 for each in self.hearing.guesses[-3:]) else "silence"
        )
        self.others_answer = False
        try:
            async with asyncio.timeout(_PATIENCE):
                answer = await prober.fetch("GET", self.site.portal.url, touch=Touch.READ)
        except (TimeoutError, WireError):
            return Reply("silent", at=_now() - self.started, requests=prober.sent)
        self.others_answer = answer.exchange.status < 500
        outcome = "wrong" if self.others_answer else "other"
        return Reply(outcome, at=_now() - self.started, requests=prober.sent)


async def _ready(way: FormWay, prober: Prober, username: str, *, patience: float) -> None:
    """Have somebody open the form; where that fails, sending it will fail as well, and that counts."""
    with suppress(WireError, TimeoutError):
        async with asyncio.timeout(patience):
            await way.open(prober, username, touch=Touch.PROBE)


def _now() -> float:
    return asyncio.get_running_loop().time()


def _forged(name: str) -> str:
    address = _UNROUTED.format(secrets.randbelow(250) + 2)
    return f"for={address}" if name == "forwarded" else address
