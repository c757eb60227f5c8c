"""What one series of guesses is made of: moves, replies, bounds, and what is known so far. Pure; see `guessing`."""

from collections.abc import Generator
from dataclasses import dataclass, field

MOST_REQUESTS = 60
MOST_SECONDS = 45.0
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
        again: by those who made the last move for the same purpose: they have the page with the form already, which
            saves a request.
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
    """What there is to try with: another test account, names that nobody has, a form on a page; and our bounds."""

    other: bool = True
    unknown: bool = True
    form: bool = True
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
        firm: a newcomer was refused with the right password.
        works: the account's right password was accepted when it was last tried.
        knows_unknown: it is known how a name that nobody has is answered as a rule.
        plain: wrong passwords answered with another status or target so far.
        usual_seconds: how long a password took at the beginning, right or wrong.
        harmless: differences with which the right password was still accepted.
        telling: differences that turned out to go with a refusal.
        silent: the right password is refused, and a wrong one answered as ever.
        tripped_after: wrong passwords for the account until something changed.
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
    tripped_after: int = 0
    opens: float = -1.0
    bad: int = 0
    excused: bool = False

    def left(self, reserve: int = 0) -> int:
        """How many tries the bounds still allow; two with the right password are kept for the end."""
        if self.at > self.means.most_seconds - 6:
            return 0
        return max(0, self.spare() // self.cost - reserve)

    def at_once(self, keep: int) -> int:
        """How many tries fit that share a page, or have one each already, where so many requests are kept."""
        return max(0, self.spare() - keep) if self.left() else 0

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
