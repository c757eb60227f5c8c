"""Wrong passwords, until something changes: the series, the burst, and what becomes of the right password then. Pure."""

from collections.abc import Generator, Sequence

from launchready.collect._course import BURST, ENOUGH, PLAIN, Course, Move, Replies, Reply

SHORTEST_SERIES, LONGEST_SERIES = 7, 12
LONGEST_SERIES_SECONDS = 10.0
ALIKE = 3
"""So many answers in a row must differ by the same words before the right password is tried on account of it."""
MOST_BURSTS = 3
SLOW = 3.0
"""Seconds after which a burst is not repeated, if it was answered one by one: a busy portal answers late and together."""
BEHIND = 3
"""So many newcomers at once, right behind as many who share a page, where ten at once were refused."""
FEW = 3
"""At once where answers are held back already: ten would keep others out for long."""


def provoke(course: Course) -> Generator[Move, Replies, bool]:
    """Send wrong passwords until something changes; whether a right one is then refused, or some were."""
    stopped = yield from _guess(course)
    if stopped is None:
        course.shared, course.plain, course.telling = False, 0, frozenset()
        yield from refer(course)
        stopped = yield from _guess(course)
    return bool(stopped)


def _guess(course: Course) -> Generator[Move, Replies, bool | None]:
    """The same; None where something changed for those who share a page, and not for newcomers as far as is known."""
    late, sent = 0, 2
    alike: list[frozenset[str]] = []
    while sent < LONGEST_SERIES and _goes_on(course, sent):
        again = not course.shared and _may_again(course, sent)
        reply = yield from course.one(Move("series", again=again, shared=course.shared))
        if reply.outcome == "unsent":
            break
        sent += 1
        course.plain += reply.outcome in PLAIN
        late = late + 1 if course.is_late(reply) else 0
        if course.plain >= 2 or late >= 2 or reply.seconds > 4 or course.at > LONGEST_SERIES_SECONDS:
            break
        alike = [*alike, course.odd(reply)][-ALIKE:]
        words = frozenset.intersection(*alike) if len(alike) == ALIKE else frozenset()
        if words and course.left() > 6:
            if not (yield from _is_accepted(course)):
                course.telling = words
                course.usual -= ALIKE
                return True
            course.harmless |= words
            if course.shared:
                course.usual -= ALIKE  # something was asked for that the page's own visitor alone is asked
                return None
    at_once = course.plain < 2
    if at_once:
        if course.shared and (late >= 2 or reply.seconds > 4):
            return None
        if (late < 2 or (yield from _is_parallel(course))) and not (yield from _burst(course)):
            return None
    return (yield from _is_stopped(course, at_once=at_once))


def _goes_on(course: Course, sent: int) -> bool:
    """Whether the series may go on, as there is enough for what comes after it."""
    if sent < SHORTEST_SERIES or course.plain:
        return course.spare() >= (1 if course.shared else course.cost) + course.right_cost
    if course.shared:
        return course.at_once(2 * BURST + course.aftermath()) > 0
    if course.is_cheaper_again:
        rest = course.price(BURST) + BURST * course.again_cost
        return course.usual + 2 * BURST < ENOUGH and course.spare() > rest
    return course.left(BURST + 9) > 0


def _may_again(course: Course, sent: int) -> bool:
    """Whether somebody who waits is next: once to see what that costs, and when enough people wait for a burst."""
    if course.cost < 2 or not course.waiting:
        return False
    return not course.again_cost or (course.is_cheaper_again and sent >= SHORTEST_SERIES)


def _is_stopped(course: Course, *, at_once: bool) -> Generator[Move, Replies, bool | None]:
    """Whether the right password is refused, or some wrong ones were; None as for `_guess`."""
    calm = course.plain < 2 and not course.telling
    if course.shared and calm:
        # Were it the page that no longer served, all that was sent with it would say nothing.
        reply = yield from course.one(Move("confirm", right=True, follow=True, shared=True))
        if reply.outcome == "accepted":
            return False
    if (yield from _is_accepted(course)):
        if course.shared and calm:
            course.usual -= course.lent  # the page may no longer serve
            return None
        if course.shared and not (yield from _stops_newcomers(course, at_once=at_once)):
            return None
        return course.plain >= 2
    course.silent = calm
    return True


def _stops_newcomers(course: Course, *, at_once: bool) -> Generator[Move, Replies, bool]:
    """Whether those were not refused on account of the page alone that they share.

    Newcomers come right behind some who share it, and several at once: a limiter that opens a place now and then has not
    opened one for each of them.
    """
    before = yield from course.ask(Move("burst", count=BEHIND if at_once else 1, shared=True))
    behind = yield from _newcomers(course, BURST // 2 if at_once else 2)
    if any(map(course.refused, behind)):
        return True
    if at_once or any(map(course.refused, before)):
        # It may be that ten at once are too many for one page.
        return not behind and not any(map(course.refused, before))
    further = yield from _newcomers(course, BURST // 2)
    return not further or any(map(course.refused, further))


def _newcomers(course: Course, most: int) -> Generator[Move, Replies, Replies]:
    """Several at once, as many as can be spared; none if that is but one."""
    count = min(most, (course.spare() - course.aftermath() + course.right_cost) // course.cost)
    return (yield from course.ask(Move("burst", count=count))) if count > 1 else ()


def _is_parallel(course: Course) -> Generator[Move, Replies, bool]:
    """Whether answers that are held back are so side by side: then it does not help that they are."""
    few = yield from course.ask(Move("burst", count=FEW))
    return len(few) == FEW and arrive_together([each.seconds for each in few if each.outcome == "wrong"])


def _burst(course: Course) -> Generator[Move, Replies, bool]:
    """Ten at once, and again where nothing came of it: as many as can be spared, and enough of them if at all possible.

    False where they were held back, which they may be as they share a page.
    """
    count = course.at_once(course.aftermath() if course.shared else 2 * course.cost)
    for bursts in range(MOST_BURSTS):
        if bursts:
            missing = ENOUGH - course.usual
            spared = min(count, course.at_once(course.aftermath())) if bursts < MOST_BURSTS - 1 else 0
            count = max(spared, min(course.at_once(0), max(2, missing)) if missing > 0 else 0)
        if count < 2:
            break
        again = not course.shared and course.is_cheaper_again
        burst = yield from course.ask(Move("burst", count=count, again=again, shared=course.shared))
        course.plain += sum(reply.outcome == "other" for reply in burst)
        odd = [course.odd(reply) for reply in burst if reply.outcome == "wrong"]
        if course.plain < 2 and len(odd) >= 3:
            course.telling = frozenset.intersection(*odd[-3:])
        seconds = [reply.seconds for reply in burst]
        slow = max(seconds, default=0.0) > SLOW and not arrive_together(seconds)
        if course.shared and slow and course.plain < 2:
            return False
        if course.plain or course.telling or slow:
            break
    return True


def arrive_together(seconds: Sequence[float]) -> bool:
    """Whether answers that were asked for at once came at once, and not one after the other."""
    return len(seconds) > 1 and max(seconds) - min(seconds) < max(0.3 * max(seconds), 0.05)


def _is_accepted(course: Course) -> Generator[Move, Replies, bool]:
    """Whether the right password of a newcomer works; asked twice before it is said not to."""
    for wait in (0.0, 0.3):
        reply = yield from course.one(Move("confirm", right=True, wait=wait, follow=True))
        if reply.outcome == "accepted":
            return True
        if reply.outcome == "silent" and course.plain < 2:
            return True  # still waiting in a queue is not refused
    course.firm = True
    return False


def refer(course: Course) -> Generator[Move, Replies, Reply]:
    """How a newcomer's wrong password is answered."""
    reply = yield from course.one(Move("reference", follow=True))
    course.plain += reply.outcome in PLAIN
    course.usual_seconds.append(reply.seconds)
    return reply
