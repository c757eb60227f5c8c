"""How one finds out what stops somebody who guesses passwords: which try comes next, given the answers so far. Pure.

The procedure is a generator: it yields a `Move`, is sent the `Reply`s to it, and yields the next. It knows neither
names nor passwords nor text, so it can be tried against any imagined limiter.

    begin      the right password works, else a limiter was tripped before we came
    reference  a wrong one, twice: how it is answered as a rule; a name that nobody has, once
    series     wrong ones, one after the other, until something changes
    burst      ten at once, when nothing did: a queue cannot be seen otherwise
    confirm    the right password: whoever is refused with it is really stopped, whatever the answer says
    hold       wrong and right in turn: does it hold, or leak, or refuse wrong ones only
    together   the right password some times at once, where it seems to refuse wrong ones only
    forged     the same with a forged address, each time checked by one without (control)
    other      another test account, a name that nobody has: is it the account that is stopped, or our address
    echo       as many wrong ones for a name that nobody has, while the account stays stopped: is it as an account is
    spray      one password over many names
    after      the right password, until it works again

Where a try costs a request for the page with the form too, that page is opened once and sent many times, as somebody who
guesses would do: twice as many passwords fit in our bounds. But a portal may count, or wait, for that one page, and who
guesses opens another then. So what befalls those who share a page counts only if newcomers fare no better, and all of it
is done anew by newcomers (`reference` first) where they do.
"""

from collections.abc import Generator

from launchready.collect._course import (
    BURST,
    MOST_REQUESTS,
    MOST_SECONDS,
    PLAIN,
    Course,
    Means,
    Move,
    Moves,
    Replies,
    Reply,
    TroubleError,
)
from launchready.collect._provoking import arrive_together, provoke, refer

__all__ = [
    "BURST",
    "MOST_REQUESTS",
    "MOST_SECONDS",
    "PLAIN",
    "SERVED_WITHIN",
    "Means",
    "Move",
    "Reply",
    "arrive_together",
    "procedure",
]

MOST_BEGINNINGS = 4
LONGEST_WAIT = 70.0
"""Seconds that we wait in all for a limiter to open that was tripped before we came."""
SPRAYED = 5
MOST_ECHOED = 20
SERVED_WITHIN = 12.0
"""Seconds that a burst may take; what is not served by then counts as not served."""
FORGED = (
    ("x-forwarded-for",),
    ("x-real-ip", "forwarded", "x-client-ip", "client-ip", "true-client-ip", "x-cluster-client-ip"),
    ("cf-connecting-ip",),
)
"""Headers that claim another address, as they are tried: one by one would take too many requests, and all at once is
refused by some edges for the last one's sake."""


_TOGETHER = 3


def procedure(means: Means) -> Moves:
    """The whole course. Moves after the first accepted password stay within the bounds of `means`."""
    course = Course(means)
    try:
        if not (yield from _begin(course)):
            return course.telling
        stopped = yield from provoke(course)
        everybody = False
        if stopped:
            firm = yield from _hold(course)
            yield from _forge(course, firm=firm)
            everybody = yield from _scope(course)
        if not everybody:
            yield from _spray(course)
        if stopped:
            yield from _after(course)
    except TroubleError:
        yield Move("after", right=True, wait=5.0, follow=True)
    return course.telling


def _begin(course: Course) -> Generator[Move, Replies, bool]:
    """The right password works, and a wrong one is told from it; where a limiter was tripped before, it is waited for."""
    wait, waited = 0.0, 0.0
    for _ in range(MOST_BEGINNINGS):
        replies = yield Move("begin", right=True, wait=wait, follow=True)
        if replies and replies[0].outcome == "accepted":
            course.spent = course.right_cost = replies[0].requests
            course.at = replies[0].at
            course.usual_seconds = [replies[0].seconds]
            replies = yield from course.ask(Move("reference", follow=True))
            if replies and replies[0].outcome == "wrong":
                course.usual_seconds.append(replies[0].seconds)
                break
        asked = max((each.asked_to_wait for each in replies), default=-1.0)
        wait = asked + 1 if asked >= 0 else max(10.0, 2 * wait)
        waited += wait
        if waited > LONGEST_WAIT:
            return False
    else:
        return False
    course.waiting = 0  # those who share a page are the same visitor as who opened it
    saved = yield from _shares(course, replies[0])
    if course.means.unknown:
        reply = yield from course.one(Move("reference", "unknown", follow=True))
        course.knows_unknown = reply.outcome == "wrong"
    if saved:
        course.shared, course.cost = True, saved + 1
    return True


def _shares(course: Course, first: Reply) -> Generator[Move, Replies, int]:
    """How many requests it saves to send the page again that the first wrong password was sent from.

    None where it is answered otherwise, twice and newcomers are not: it holds a token that serves once. What differs by
    itself, an advert or a word of chance, is no such answer.
    """
    if not course.means.form or first.requests < 2:
        yield from refer(course)
        return 0
    reply = yield from course.one(Move("reference", follow=True, shared=True))
    if reply.outcome != "wrong" or course.is_late(reply):
        yield from refer(course)
        return 0
    if reply.differs:
        again = yield from course.one(Move("reference", follow=True, shared=True))
        newcomer = yield from refer(course)
        if (
            again.outcome != "wrong"
            or course.is_late(again)
            or reply.differs & again.differs - newcomer.differs
        ):
            course.usual -= course.lent
            return 0
    course.usual_seconds.append(reply.seconds)
    return first.requests - reply.requests


def _hold(course: Course) -> Generator[Move, Replies, bool]:
    """Wrong and right in turn, at a pace at which a leak can be measured; whether nothing came through."""
    right_through = right_refused = wrong_through = wrong_refused = False
    shared = course.shared and course.firm  # else it is only newcomers who tell
    wrong_cost = 0 if course.silent else 1 if shared else course.cost
    # Where it held at first it is likely to hold; requests are kept then for trying forged addresses.
    needed = wrong_cost + (course.cost * (1 + len(FORGED)) if course.firm else course.right_cost)
    for _ in range(2 if course.cost > 1 else 3):
        if not course.left() or course.spare() < needed:
            break
        if not course.silent:  # else a wrong one says nothing
            wrong = yield from course.one(Move("hold", wait=0.4, follow=course.plain < 2, shared=shared))
            wrong_refused |= course.refused(wrong)
            wrong_through |= not course.refused(wrong)
        right = yield from course.one(Move("hold", right=True, wait=0.4, follow=True))
        right_through |= right.outcome == "accepted"
        right_refused |= right.outcome != "accepted"
    if (
        right_through
        and wrong_refused
        and not right_refused
        and course.spare() >= (_TOGETHER - 1) * course.right_cost
    ):
        # A limiter that opens a place every other second may have done so for each right one: it has not three at once.
        yield from course.ask(Move("together", right=True, count=_TOGETHER, follow=True))
    return not (right_through or wrong_through)


def _forge(course: Course, *, firm: bool) -> Generator[Move, Replies, None]:
    """Claim other addresses. What then works, and does not without, is what a limiter falls to."""
    for names in FORGED:
        if not (yield from _falls_to(course, names, pairs=1 if firm else 2)):
            continue
        for name in names if len(names) > 1 else ():
            if (yield from _falls_to(course, (name,), pairs=1)):
                return
        return


def _falls_to(course: Course, names: tuple[str, ...], *, pairs: int) -> Generator[Move, Replies, bool]:
    """Whether tries with these headers go on as at the beginning while those without are refused.

    A wrong one says it at no price: the right one would clear what was counted. Where the refusal is silent only the
    right one can tell.
    """
    for _ in range(pairs):
        if not course.left():
            return False
        forged = yield from course.one(
            Move("forged", right=course.silent, forged=names, follow=course.silent)
        )
        if forged.outcome == "unsent":
            return False
        if forged.outcome != "accepted" if course.silent else course.refused(forged):
            return False
        control = yield from course.one(Move("control", right=course.silent, follow=course.silent))
        if control.outcome == "accepted" if course.silent else not course.refused(control):
            return False
    if course.silent:
        return True
    proof = yield from course.one(Move("forged", right=True, forged=names, follow=True))
    return proof.outcome == "accepted"


def _scope(course: Course) -> Generator[Move, Replies, bool]:
    """Whether others are stopped too who come from our address."""
    if course.means.other and course.spare() >= 0:
        reply = yield from course.one(Move("other", "other", right=True, follow=True))
        if reply.outcome != "accepted":
            return True
    if not course.knows_unknown or not course.left():
        return False
    reply = yield from course.one(Move("other", "unknown", follow=True))
    if course.refused(reply):
        return True
    if not course.silent:  # the account is stopped and we are not
        yield from _echo(course)
    return False


def _echo(course: Course) -> Generator[Move, Replies, None]:
    """Whether a name that nobody has is stopped as an account is.

    It is tried as often as the account may have been, what other drills sent before included: two were sent already. And
    the account has to be stopped still when that is done, else its limit forgets faster than we asked.
    """
    count = course.answered + course.means.earlier - 2
    each = course.again_cost if course.is_cheaper_again else course.cost
    if not 0 < count <= min(MOST_ECHOED, (course.spare() - 2 * course.cost) // each - 1):
        return
    for _ in range(count):
        if course.refused((yield from course.one(Move("echo", "unknown", again=course.is_cheaper_again)))):
            return
    if not course.refused((yield from course.one(Move("echo", "unknown", follow=True)))):
        yield from course.one(Move("control"))


def _spray(course: Course) -> Generator[Move, Replies, None]:
    """One password over many names."""
    count = min(SPRAYED, course.left())
    if course.knows_unknown and count >= 3 and course.at < course.means.most_seconds / 2:
        yield from course.ask(Move("spray", "many", count=count))


def _after(course: Course) -> Generator[Move, Replies, None]:
    """The right password again, until it works or our time is over; an announced wait beyond it is believed."""
    while tries := min(4, (course.means.most_requests - course.spent) // course.right_cost):
        announced = course.opens - course.at
        time_left = course.means.most_seconds - 2 - course.at
        # Ever longer pauses that fill the time: 2, 4, 8 and 16 s, or 10 and 20 s where two tries are left.
        wait = announced + 0.2 if announced > 0 else max(1.0, min(30.0, time_left) / (2**tries - 1))
        if course.works:
            wait = 1.0
        if wait > time_left:
            return
        course.bad, course.opens = 0, -1.0
        reply = yield from course.one(Move("after", right=True, wait=wait, follow=True))
        if reply.outcome in ("accepted", "unsent"):
            return
