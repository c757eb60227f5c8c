"""Wrong passwords, until something changes: the series, the burst, and what becomes of the right password then. Pure."""

from collections.abc import Generator, Sequence

from launchready.collect._course import PLAIN, Course, Move, Replies

SHORTEST_SERIES, LONGEST_SERIES = 7, 12
LONGEST_SERIES_SECONDS = 10.0
ALIKE = 3
"""So many answers in a row must differ by the same words before the right password is tried on account of it."""
BURST = 10
SLOW = 3.0
"""Seconds after which a burst is not repeated."""
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
        reply = yield from course.one(Move("series", shared=course.shared))
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
                course.telling, course.tripped_after = words, sent - ALIKE
                return True
            course.harmless |= words
            if course.shared:
                return None
    course.tripped_after = sent - course.plain
    if course.plain < 2:
        if course.shared and (late >= 2 or reply.seconds > 4):
            return None
        if (late < 2 or (yield from _is_parallel(course))) and not (yield from _burst(course, sent)):
            return None
    return (yield from _is_stopped(course))


def _goes_on(course: Course, sent: int) -> bool:
    """Whether the series may go on, as there is enough for what comes after it."""
    if sent < SHORTEST_SERIES or course.plain:
        return course.spare() >= (1 if course.shared else course.cost) + course.right_cost
    if course.shared:
        return course.at_once(2 * BURST + course.aftermath()) > 0
    return course.left(BURST + 9) > 0


def _is_stopped(course: Course) -> Generator[Move, Replies, bool | None]:
    """Whether the right password is refused, or some wrong ones were; None as for `_guess`."""
    calm = course.plain < 2 and not course.telling
    if course.shared and calm:
        # Were it the page that no longer served, all that was sent with it would say nothing.
        reply = yield from course.one(Move("confirm", right=True, follow=True, shared=True))
        if reply.outcome == "accepted":
            return False
    if (yield from _is_accepted(course)):
        if course.shared and (calm or not (yield from _stops_newcomers(course))):
            return None
        return course.plain >= 2
    course.silent = calm
    return True


def _stops_newcomers(course: Course) -> Generator[Move, Replies, bool]:
    """Whether those were not refused on account of the page alone that they share."""
    for _ in range(2):
        if course.refused((yield from course.one(Move("series")))):
            return True
        if not course.refused((yield from course.one(Move("series", shared=True)))):
            break  # it may be that ten at once are too many for one page
    else:
        return False
    count = min(BURST // 2, (course.spare() - course.aftermath() + course.right_cost) // course.cost)
    if count < 2:
        return True
    return any(map(course.refused, (yield from course.ask(Move("burst", count=count)))))


def _is_parallel(course: Course) -> Generator[Move, Replies, bool]:
    """Whether answers that are held back are so side by side: then it does not help that they are."""
    few = yield from course.ask(Move("burst", count=FEW))
    return len(few) == FEW and arrive_together([each.seconds for each in few if each.outcome == "wrong"])


def _burst(course: Course, sent: int) -> Generator[Move, Replies, bool]:
    """Ten at once, and as many of them again as can be spared where nothing came of it.

    False where they were held back, which they may be as they share a page.
    """
    room = course.at_once(course.aftermath()) if course.shared else course.left(2)
    count = min(BURST, room)
    for again in (False, True):
        if again:
            count = min(count, course.at_once(course.aftermath()))
        if count < 2:
            break
        burst = yield from course.ask(
            Move("burst", count=count, again=again and not course.shared, shared=course.shared)
        )
        refused = sum(reply.outcome == "other" for reply in burst)
        sent += len(burst)
        course.tripped_after = sent - refused - course.plain
        course.plain += refused
        odd = [course.odd(reply) for reply in burst if reply.outcome == "wrong"]
        if course.plain < 2 and len(odd) >= 3:
            course.telling = frozenset.intersection(*odd[-3:])
        slow = max((reply.seconds for reply in burst), default=0.0) > SLOW
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


def refer(course: Course) -> Generator[Move, Replies, None]:
    """How a newcomer's wrong password is answered."""
    reply = yield from course.one(Move("reference", follow=True))
    course.plain += reply.outcome in PLAIN
    course.usual_seconds.append(reply.seconds)
