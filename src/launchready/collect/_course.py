"""What one series of guesses is made of: moves, replies, bounds, and what is known so far. Pure; see `guessing`."""

from collections.abc import Generator
from dataclasses import dataclass, field

from launchready.thresholds import thresholds

BURST = 10
MOST_REQUESTS = 60
MOST_SECONDS = 45.0
ENOUGH: int = thresholds("guessing")["brute_force"]["let_through"]["value"] + 1
"""Wrong passwords for the account that we try to send before it is said that nothing stops them."""
PLAIN = frozenset(("other", "silent"))
"""Outcomes that no advert, clock or counter in a page makes."""
SLOWER = 0.7
"""Seconds by which an answer must be late, twice, to count as held back; machines and networks hiccup."""


@dataclass(frozen=True, slots=True)
class Move:
    """What to send next.

    Attributes:
        purpose: see the module.
        who: own, other, unknown (the one name that nobody has) or many (a new one each time).
        right: with the account's own password.
        count: how many at once.
        forged: headers that claim an address that is new each time.
        wait: seconds before.
        follow: follow a redirect to the page that says more.
        again: by those who tried a wrong password for the same name before, whoever waited longest first: the answer
            to that may hold the form, which saves a request. Newcomers where they are too few.
        shared: by copies of the one who opened the form for the first wrong password, as that page was then: each sends
            the same form, which saves a request. All others come with an empty jar.
    """

    purpose: str
    who: str = "own"
    right: bool = False
    count: int = 1
    forged: tuple[str, ...] = ()
    wait: float = 0.0
    follow: bool = False
    again: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of one try.

    Attributes:
        outcome: accepted, wrong (nothing plain was different), other (status or target was), silent or unsent.
        differs: in what the answer was unlike those of a wrong password at the beginning; see `likeness.differences`.
        seconds: until its last byte.
        at: seconds from the beginning to its end.
        requests: that it took.
        server_error: the status was 5xx.
        asked_to_wait: seconds of a Retry-After; -1 where there was none.
    """

    outcome: str
    differs: frozenset[str] = frozenset()
    seconds: float = 0.0
    at: float = 0.0
    requests: int = 1
    server_error: bool = False
    asked_to_wait: float = -1.0


@dataclass(frozen=True, slots=True)
class Means:
    """What there is to try with: another test account, names that nobody has, a form on a page; and our bounds.

    Attributes:
        earlier: wrong passwords that other drills of the same run may have sent to the account just before.
    """

    other: bool = True
    unknown: bool = True
    form: bool = True
    earlier: int = 0
    most_requests: int = MOST_REQUESTS
    most_seconds: float = MOST_SECONDS


Replies = tuple[Reply, ...]
Moves = Generator[Move, Replies, frozenset[str]]
"""Returns the differences that went with a refusal."""


class TroubleError(Exception):
    """The portal answers with errors of its own, or not at all: it is left alone."""


@dataclass(slots=True)
class Course:
    """The state of one series.

    Attributes:
        spent, at: requests and seconds so far.
        cost, right_cost: requests of a newcomer's try, and of one with the right password.
        shared: one page with the form serves for many tries, each at one request, as far as is known.
        waiting: how many have tried the account before as newcomers, and may try again.
        again_cost: requests of one of them; 0 where that is not known.
        answered: wrong passwords for the account that were not refused plainly: it may have counted as many.
        usual: of these, those that were surely answered as at the beginning; lent: of these, from the page that is shared.
        firm: a newcomer was refused with the right password.
        works: the account's right password was accepted when it was last tried.
        knows_unknown: it is known how a name that nobody has is answered as a rule.
        plain: wrong passwords answered with another status or target so far.
        usual_seconds: how long a password took at the beginning, right or wrong.
        harmless: differences with which the right password was still accepted.
        telling: differences that turned out to go with a refusal.
        silent: the right password is refused, and a wrong one answered as ever.
        opens: when the account was announced to open again; -1 where nothing was said.
        bad: server errors or silence in a row; excused: the start page answers all the same, so it is the login alone.
    """

    means: Means
    spent: int = 0
    at: float = 0.0
    cost: int = 1
    right_cost: int = 3
    shared: bool = False
    firm: bool = False
    works: bool = False
    knows_unknown: bool = False
    plain: int = 0
    usual_seconds: list[float] = field(default_factory=list)
    harmless: frozenset[str] = frozenset()
    telling: frozenset[str] = frozenset()
    silent: bool = False
    waiting: int = 0
    again_cost: int = 0
    answered: int = 0
    usual: int = 0
    lent: int = 0
    opens: float = -1.0
    bad: int = 0
    excused: bool = False

    def left(self, reserve: int = 0) -> int:
        """How many tries the bounds still allow; two with the right password are kept for the end."""
        return max(0, self.spare() // self.cost - reserve) if self._is_in_time else 0

    def at_once(self, keep: int) -> int:
        """How many tries at once fit, where so many requests are kept."""
        counts = range(BURST, 0, -1) if self._is_in_time else ()
        return next((count for count in counts if self.price(count) <= self.spare() - keep), 0)

    def price(self, count: int) -> int:
        """Requests of so many tries, at once or not."""
        if self.shared:
            return count
        again = min(count, self.waiting) if self.is_cheaper_again else 0
        return again * self.again_cost + (count - again) * self.cost

    @property
    def _is_in_time(self) -> bool:
        return self.at <= self.means.most_seconds - 6

    @property
    def is_cheaper_again(self) -> bool:
        """Whether somebody who tried before has the form from the answer to that."""
        return 0 < self.again_cost < self.cost

    def aftermath(self) -> int:
        """Requests that it takes to look at a refusal: the right password, and wrong and right in turn, twice."""
        return self.right_cost + 2 * (self.cost + self.right_cost)

    def spare(self) -> int:
        """Requests that are left but for those."""
        return self.means.most_requests - 2 * self.right_cost - self.spent

    def ask(self, move: Move) -> Generator[Move, Replies, Replies]:
        """Make a move and learn its price; a streak of server errors ends all unless the login alone has them."""
        replies = yield move
        self.spent += sum(each.requests for each in replies)
        if move.who == "own" and not move.right:
            self._count(move, replies)
        if not (move.right or move.again or move.shared):
            self.cost = max(
                [1 if move.purpose == "series" else self.cost, *(each.requests for each in replies)]
            )
        if move.right and move.who == "own" and not move.forged:
            self.works = any(each.outcome == "accepted" for each in replies)
        self.at = max([self.at, *(each.at for each in replies)])
        for each in replies:
            self.bad = self.bad + 1 if each.server_error or each.outcome == "silent" else 0
            if each.asked_to_wait >= 0 and move.who == "own":
                self.opens = each.at + each.asked_to_wait
        if self.bad >= 3 and not self.excused:
            health = yield Move("health")
            self.spent += sum(each.requests for each in health)
            if not all(each.outcome == "wrong" for each in health):
                raise TroubleError
            self.excused = True
        return replies

    def _count(self, move: Move, replies: Replies) -> None:
        usual = sum(each.outcome == "wrong" for each in replies)
        self.answered += usual
        self.usual += usual
        self.lent += usual if move.shared else 0
        if move.again and move.count == 1:
            self.again_cost = max(each.requests for each in replies)
        elif not (move.shared or move.forged):
            self.waiting = max(self.waiting, move.count) if move.again else self.waiting + move.count

    def one(self, move: Move) -> Generator[Move, Replies, Reply]:
        """The same for a single try."""
        replies = yield from self.ask(move)
        return replies[0] if replies else Reply("unsent")

    def odd(self, reply: Reply) -> frozenset[str]:
        """What is unlike the beginning, and not known to be harmless."""
        return reply.differs - self.harmless

    def refused(self, reply: Reply) -> bool:
        """Whether a wrong password was answered otherwise than at the beginning."""
        return reply.outcome in PLAIN or bool(self.odd(reply) & self.telling)

    def is_late(self, reply: Reply) -> bool:
        """Whether an answer was held back."""
        base = min(self.usual_seconds, default=0.0)
        return reply.seconds >= max(4 * base, base + SLOWER)
