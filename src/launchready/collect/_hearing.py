"""Makes replies of answers to guesses: compares each with those of the beginning, and writes it down. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from launchready.collect._course import PLAIN, Move, Reply
from launchready.collect.likeness import Likeness, differences, is_plain, likeness
from launchready.evidence.http import Exchange
from launchready.evidence.login_limit import Guess
from launchready.evidence.redact import subject
from launchready.wire.http import Answer

_TRIPPED = frozenset((429, 503))
"""Statuses that a wrong password has only where a limiter was tripped before we came."""


@dataclass(slots=True)
class Tried:
    """One try, raw.

    Attributes:
        guess: as far as it is known without a comparison.
        first: the answer to the password; last: where that led.
        answer: the first one as it came.
        accepted: it let somebody in.
        requests: that it took.
    """

    guess: Guess
    first: Likeness | None = None
    last: Likeness | None = None
    answer: Answer | None = None
    accepted: bool = False
    requests: int = 0

    def take_apart(self, answers: tuple[Answer, ...], typed: tuple[str, ...]) -> None:
        """Keep what the answers look like, without the name and the password that were typed."""
        first, last = answers[0], answers[-1]
        self.answer = first
        self.first = likeness(first, typed)
        self.last = likeness(first, typed, body=last.body) if first.location else self.first


@dataclass(slots=True)
class Hearing:
    """What was answered in one series.

    Attributes:
        guesses: all tries, in order.
        differing: for each, in what its answer was unlike those at the beginning.
        usual: the first wrong passwords, for each kind of name.
        refused: the first answer that refused a wrong password otherwise than at the beginning.
    """

    guesses: list[Guess] = field(default_factory=list)
    differing: list[frozenset[str]] = field(default_factory=list)
    usual: dict[str, list[Tried]] = field(default_factory=dict)
    refused: Exchange | None = None

    def told(self, telling: frozenset[str]) -> tuple[Guess, ...]:
        """All tries, once it is known which differences go with a refusal."""
        return tuple(
            msgspec.structs.replace(each, outcome="refused")
            if each.outcome == "usual" and differs & telling
            else each
            for each, differs in zip(self.guesses, self.differing, strict=True)
        )

    @property
    def usual_answer(self) -> Exchange | None:
        """How a wrong password for the own account was answered at the beginning."""
        usual = self.usual.get("own", ())
        return usual[0].answer.exchange if usual and usual[0].answer else None

    def take(self, move: Move, tried: Tried) -> Reply:
        """Compare one try with the beginning, and write down what matters."""
        guess, exchange = tried.guess, tried.answer.exchange if tried.answer else None
        differs: frozenset[str] = frozenset()
        outcome, asks = guess.outcome, ""
        if tried.first and exchange:
            known = self.usual.get("unknown" if move.who in ("unknown", "many") else "own", [])
            firsts = [each.first for each in known if each.first]
            lasts = [each.last for each in known if each.last]
            if move.follow and tried.last:
                differs = differences(tried.last, lasts) if lasts else frozenset()
            else:
                differs = differences(tried.first, firsts) if firsts else frozenset()
            if tried.accepted:
                outcome = "accepted"
            elif (
                move.right
                or outcome == "other"
                or any(map(is_plain, differs))
                or (move.purpose == "reference" and not known and exchange.status in _TRIPPED)
            ):
                outcome = "other"
            asks = _asks(tried, lasts) if lasts and outcome != "accepted" else ""
            # Two tell what varies by itself: not one whose page no longer served, nor one of later.
            usable = outcome == "wrong" and len(known) < 2 and not (move.shared and differs)
            if move.purpose == "reference" and usable:
                self.usual.setdefault(move.who, []).append(tried)
        shown = "usual" if outcome == "wrong" else "refused" if outcome == "other" else outcome
        waits = _asked_to_wait(exchange) if exchange else -1.0
        size = tried.first.size if tried.first else 0
        status = exchange.status if exchange else 0
        leads = subject(tried.answer.location) if tried.answer and tried.answer.location else ""
        self.guesses.append(
            msgspec.structs.replace(
                guess,
                outcome=shown,
                status=status,
                leads=leads,
                size=size,
                asked_to_wait=waits,
                asks=asks,
                differs=bool(differs),
            )
        )
        self.differing.append(differs)
        if outcome in PLAIN and not move.right and exchange and self.refused is None:
            self.refused = exchange
        return Reply(
            outcome=outcome,
            differs=differs,
            seconds=guess.seconds,
            at=guess.at,
            requests=tried.requests,
            server_error=status >= 500,
            asked_to_wait=waits,
        )


def _asked_to_wait(exchange: Exchange) -> float:
    given = next(iter(exchange.values("retry-after")), "").strip()
    return float(given) if given.isascii() and given.isdigit() and len(given) < 8 else -1.0


def _asks(tried: Tried, usual: Iterable[Likeness]) -> str:
    """What a refusal wants to have solved or filled in that was not asked for at the beginning."""
    known = tuple(usual)
    shown = [each for each in (tried.first, tried.last) if each]
    if any(each.captcha or "captcha" in each.leads.lower() for each in shown) and not any(
        each.captcha for each in known
    ):
        return "captcha"
    fields = frozenset().union(*(each.fields for each in shown))
    return "challenge" if fields.difference(*(each.fields for each in known)) else ""
