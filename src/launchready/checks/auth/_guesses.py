"""What a series of guesses amounts to: who or what was stopped, from when on, and by what it falls."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from msgspec import structs

from launchready.evidence.login_limit import Guess, LoginLimit
from launchready.thresholds import thresholds

MOST_PER_MINUTE: int = thresholds("guessing")["brute_force"]["most_per_minute"]["value"]

ADVISED = 10
"""Wrong passwords that we advise to let through for an account at one address."""
SOUND: int = thresholds("guessing")["brute_force"]["let_through"]["value"]
"""Those that sound limits let through for all who come: where no more were sent, one may just not have been reached."""

TOGETHER = 10
"""Guesses at once by which a rate is stated where they do not wait for each other."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a series shows.

    Attributes:
        kind: none (nothing slowed or stopped it), slowed (delays or a queue), refusal, silent (the right password is
            refused, and nothing says so), challenge, captcha, right-passes (wrong ones are refused, the right one is
            not), leaks (refuses some and lets too many through), unclear, trouble.
        scope: account, address (ours or everybody's: one machine cannot tell) or empty.
        guesses: wrong passwords sent to the account before it was stopped, or in all.
        refused: of those sent in all, how many were not answered as usual.
        together: of these, how many at once.
        per_minute: at most so many come through; -1 where nothing came through or it was not measured.
        falls_to: the forged request headers with which guessing goes on; empty when there are none.
        sprayed, spray_refused: names tried with one password, and how many of them were refused.
        tells: an account is locked where a name that nobody has is not, and the answer shows it.
        works: the right password was accepted at the end; after: seconds from the refusal to that; announced: seconds
            that the portal said it would take, -1 for nothing.
    """

    kind: str
    scope: str = ""
    guesses: int = 0
    refused: int = 0
    together: int = 0
    per_minute: float = -1.0
    falls_to: tuple[str, ...] = ()
    sprayed: int = 0
    spray_refused: int = 0
    tells: bool = False
    works: bool = False
    after: float = -1.0
    announced: float = -1.0

    @property
    def holds(self) -> bool:
        """Whether guessing was stopped, or slowed so much that it is not worth while."""
        return self.kind in ("slowed", "refusal", "silent", "challenge", "captcha")


def read(limit: LoginLimit) -> Reading:
    """Read the series, from the last beginning on: before it a limiter was waited for that others had tripped."""
    met_before, lent = _met_before(limit.guesses), _lent(limit.guesses)
    limit = structs.replace(limit, guesses=_that_count(limit.guesses))
    wrong = [each for each in limit.of("reference", "series", "burst") if each.who == "own"]
    began = [each for each in limit.of("begin") if each.outcome == "accepted"]
    confirmed = limit.of("confirm")
    together = min(TOGETHER, len(limit.of("burst")))
    works, after, announced = _end(limit)
    if not began or not wrong or wrong[0].outcome != "usual":
        return Reading("unclear", guesses=len(wrong), works=works, announced=announced)
    if limit.trouble and not limit.others_answer:
        return Reading("trouble", guesses=len(wrong), works=works, after=after, announced=announced)
    if not confirmed:
        return Reading("unclear", guesses=len(wrong), together=together, works=works, announced=announced)
    refusals = [
        each
        for each in wrong
        if each.outcome != "usual" and not (each.purpose == "burst" and each.outcome == "silent")
    ]
    sprayed = limit.of("spray")
    plain = Reading(
        "unclear",
        guesses=len(wrong),
        refused=len(refusals),
        together=together,
        sprayed=len(sprayed),
        spray_refused=sum(_refused(each) for each in sprayed),
        works=works,
        after=after,
        announced=announced,
    )
    if confirmed[-1].outcome in ("accepted", "silent") and len(refusals) < 2:
        rate = _rate_of_burst(limit)
        if 0 <= rate <= MOST_PER_MINUTE:
            return replace(plain, kind="slowed", per_minute=rate)
        # A limiter that was waited for is there, though the guesses that were left did not reach it.
        none = len(wrong) > ADVISED and len(wrong) + lent > SOUND and not met_before
        return replace(plain, kind="none", per_minute=rate) if none else plain
    if confirmed[-1].outcome == "accepted" and not limit.of("hold"):
        return plain
    silent = confirmed[-1].outcome != "accepted" and len(refusals) < 2
    kind, rate = _held(limit, silent=silent)
    firm = rate < 0
    return replace(
        plain,
        kind=kind,
        scope=_scope(limit) if firm else "",
        guesses=len(wrong) - len(refusals),
        per_minute=rate,
        falls_to=_falls_to(limit, silent=silent),
        tells=firm and not silent and _tells(limit),
    )


def _that_count(guesses: Sequence[Guess]) -> tuple[Guess, ...]:
    """Those from the last beginning on, without those who shared a page where newcomers began anew thereafter.

    The page may have been all that was stopped then, or it no longer served.
    """
    begun, anew = _beginnings(guesses)
    return tuple(each for at, each in enumerate(guesses) if at >= begun and not (each.shared and at < anew))


def _lent(guesses: Sequence[Guess]) -> int:
    """How many of those who shared a page then were answered as ever; none if the page may no longer have served.

    They were stopped later, and newcomers were not; yet a limit for all who come has seen them too.
    """
    begun, anew = _beginnings(guesses)
    lent = [each for each in guesses[begun : max(begun, anew)] if each.shared]
    if any(each.right and each.outcome != "accepted" for each in lent):
        return 0
    return sum(each.outcome == "usual" and not each.differs for each in lent)


def _beginnings(guesses: Sequence[Guess]) -> tuple[int, int]:
    """Where the last beginning is, and where newcomers began last."""
    begins = [at for at, each in enumerate(guesses) if each.purpose == "begin"]
    anew = [at for at, each in enumerate(guesses) if _is_first_of_newcomers(each)]
    return max(begins, default=0), max(anew, default=0)


def _met_before(guesses: Sequence[Guess]) -> bool:
    """Whether something was refused before the last beginning, which was waited for then."""
    return any(_refused(each) for each in guesses[: _beginnings(guesses)[0]])


def _is_first_of_newcomers(guess: Guess) -> bool:
    return guess.purpose == "reference" and guess.who == "own" and not guess.shared


def _refused(guess: Guess) -> bool:
    return guess.outcome not in ("usual", "accepted")


def _rate_of_burst(limit: LoginLimit) -> float:
    """Guesses a minute when ten come at once; -1 when none did."""
    burst = limit.of("burst")[-TOGETHER:]
    served = [each.seconds for each in burst if each.outcome != "silent"]
    if not burst:
        return -1.0
    if len(served) < 2:
        return round(60 * len(served) / max(each.seconds for each in burst), 1)
    if _are_together(served):
        return round(60 * TOGETHER / max(*served, 0.001), 1)  # side by side: as many as one likes
    return _one_by_one(served)


def _are_together(seconds: Sequence[float]) -> bool:
    return max(seconds) - min(seconds) < max(0.3 * max(seconds), 0.05)


def _one_by_one(seconds: Sequence[float]) -> float:
    """So many a minute where one comes after the other."""
    return round(60 * (len(seconds) - 1) / (max(seconds) - min(seconds)), 1)


def _held(limit: LoginLimit, *, silent: bool) -> tuple[str, float]:
    """What kind of refusal it is, and how many a minute came through while it stood: -1 for none."""
    hold = limit.of("hold")
    right = [each for each in hold if each.right]
    wrong = [each for each in hold if not each.right]
    through = [each for each in right if each.outcome == "accepted"]
    if not silent:
        if through == right and all(map(_refused, wrong)) and (kind := _of_wrong_ones(limit, right)):
            return kind, -1.0
        through += [each for each in wrong if not _refused(each)]
    rate = -1.0
    if through:
        stopped = next((each.at for each in hold if each not in through and (each.right or not silent)), None)
        if stopped is None:
            # It opened at once, or before we looked: then nothing is known of what it holds back.
            took = hold[-1].at - hold[0].at
            rate = round(60 * (len(through) - 1) / max(took, 0.001), 1)
            opened = limit.of("confirm")[-1].outcome == "accepted"
            if rate <= MOST_PER_MINUTE and _are_held_back(limit, hold):
                return "refusal", rate
            return ("leaks" if opened else "unclear"), rate
        came = [each.at for each in through if each.at > stopped]
        rate = round(60 * (len(came) - 1) / max(hold[-1].at - stopped, 0.001), 1) if came else 0.0
        if rate > MOST_PER_MINUTE:
            return "leaks", rate
        if not _right_was_refused(limit):
            return "unclear", -1.0  # whatever came of the wrong ones
    if silent:
        return "silent", rate
    asks = {each.asks for each in limit.guesses if each.who == "own" and each.outcome != "accepted"}
    kind = next((each for each in ("captcha", "challenge") if each in asks), "refusal")
    return kind, rate


def _right_was_refused(limit: LoginLimit) -> bool:
    return any(map(_refused, (each for each in limit.of("confirm", "hold", "together") if each.right)))


def _of_wrong_ones(limit: LoginLimit, right: Sequence[Guess]) -> str:
    """What it is where wrong ones alone were refused, and these right ones were not; empty where it was by chance."""
    together = limit.of("together")
    if len(right) < 2 or not together:
        return "unclear" if len(right) >= 2 or not _right_was_refused(limit) else ""
    return "" if any(map(_refused, together)) else "right-passes"


def _are_held_back(limit: LoginLimit, hold: Sequence[Guess]) -> bool:
    """Whether it is the portal that sets the pace of these, and not we.

    They came late, or those of the burst that were not refused came one after the other, as slowly.
    """
    served = [each.seconds for each in limit.of("burst") if each.outcome == "usual"]
    if len(served) > 1 and not _are_together(served) and _one_by_one(served) <= MOST_PER_MINUTE:
        return True
    usual = min((each.seconds for each in limit.of("begin", "reference")), default=0.0)
    return median(each.seconds for each in hold) >= max(4 * usual, usual + 0.5)


def _scope(limit: LoginLimit) -> str:
    """Whether it is the account that is stopped, or our address with whatever name."""
    other = limit.of("other")
    if not other:
        return ""
    stopped = [each.outcome != "accepted" if each.right else _refused(each) for each in other]
    return "" if len(set(stopped)) > 1 else "address" if stopped[0] else "account"


def _falls_to(limit: LoginLimit, *, silent: bool) -> tuple[str, ...]:
    """The fewest headers that helped, proved by the right password, where without them it was refused."""
    own = [each for each in limit.guesses if each.who == "own"]
    found: list[tuple[str, ...]] = []
    for at, each in enumerate(own):
        if not (each.forged and each.right and each.outcome == "accepted"):
            continue
        beside: Iterable[Guess] = own[at + 1 :] if silent else reversed(own[:at])
        control = next((guess for guess in beside if not guess.forged), None)
        if control and (control.outcome != "accepted" if control.right else _refused(control)):
            found.append(each.forged)
    return min(found, key=len, default=())


def _tells(limit: LoginLimit) -> bool:
    """Whether a name that nobody has was answered as ever to the end, and the account was stopped still after that."""
    last = max((at for at, each in enumerate(limit.guesses) if each.purpose == "echo"), default=-1)
    if last < 0 or _refused(limit.guesses[last]):
        return False
    return any(each.purpose == "control" and each.outcome == "refused" for each in limit.guesses[last:])


def _end(limit: LoginLimit) -> tuple[bool, float, float]:
    """Whether the account works at the end, after how many seconds, and what was announced."""
    own = [
        each for each in limit.guesses if each.who == "own" and not each.forged and each.outcome != "unsent"
    ]
    last = next((each for each in reversed(own) if each.right), None)
    works = last is not None and last.outcome == "accepted"
    stopped = next((each for each in own if each.purpose == "confirm" and each.outcome != "accepted"), None)
    after = round(last.at - stopped.at, 1) if works and last and stopped else -1.0
    waits = [each.asked_to_wait for each in own if each.asked_to_wait >= 0]
    return works, after, waits[-1] if waits else -1.0
