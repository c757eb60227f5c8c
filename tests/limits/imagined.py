"""A portal that exists in the imagination only, in a time of its own: any limiter can be tried in microseconds."""

import random
from dataclasses import dataclass, field

from launchready.collect.guessing import MOST_REQUESTS, Means, Move, Reply, procedure
from launchready.evidence.login_limit import Guess, LoginLimit

STATUS = frozenset(("status 429",))
WORDS = frozenset(("+locked", "-wrong"))


@dataclass
class Imagined:
    """Refuses whom `key` names after `most` failures, for `seconds`, right passwords too unless `looks_first`.

    Attributes:
        most: failures that are answered as usual; None for no limit.
        seconds: for how long it refuses then.
        key: account, address or nothing.
        manner: status, words or silent.
        trusts: the header whose address counts.
        looks_first: a right password is taken at any time.
        real_only: names that nobody has are not counted.
        cost: requests of one try; one more where the right password leads on.
        keeps: the answer to a wrong password holds the form, so that who tries again needs no page.
        earlier: failures of the account that other drills left.
        varied: each answer to a wrong password holds a word of its own.
        adverts: the seed of the lot by which each answer to a wrong password holds one of three adverts, or as ever.
        pace: seconds of one answer.
        page: what becomes of a page with the form that is sent again: nothing, "counted" (failures are counted for it, and
            for nothing else), "once" (it no longer serves, and that is said), "unsaid" (it is answered as a wrong password).
    """

    most: int | None = 5
    seconds: float = 900.0
    key: str = "account"
    manner: str = "status"
    trusts: str = ""
    looks_first: bool = False
    real_only: bool = False
    cost: int = 1
    pace: float = 0.05
    page: str = ""
    keeps: bool = True
    earlier: int = 0
    varied: bool = False
    adverts: int | None = None
    now: float = 0.0
    sent: int = 0
    most_at_once: int = 0
    moves: list[Move] = field(default_factory=list)
    _failures: dict[str, int] = field(default_factory=dict)
    _until: dict[str, float] = field(default_factory=dict)
    _made_up: int = 0
    _lot: random.Random = field(default_factory=random.Random)
    _waiting: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._lot.seed(self.adverts)
        if self.earlier:
            self._failures["own "] = self.earlier

    def look(self, means: Means) -> LoginLimit:
        """Run the whole procedure against it."""
        course = procedure(means)
        move = next(course)
        guesses: list[tuple[Guess, frozenset[str]]] = []
        while True:
            self.moves.append(move)
            replies = self._answer(move, guesses)
            try:
                move = course.send(replies)
            except StopIteration as over:
                telling = over.value
                break
        told = tuple(
            Guess(**{f: getattr(g, f) for f in g.__struct_fields__} | {"outcome": "refused"})
            if g.outcome == "usual" and differs & telling
            else g
            for g, differs in guesses
        )
        return LoginLimit(
            "ida", "bo", "form", "https://portal.example/", "brute-force 0", told, self.sent, self.now
        )

    def _answer(self, move: Move, guesses: list[tuple[Guess, frozenset[str]]]) -> tuple[Reply, ...]:
        self.now += move.wait
        self.most_at_once = max(self.most_at_once, move.count)
        if move.purpose == "health":
            self.sent += 1
            return (Reply("wrong", at=self.now),)
        if move.count == 1:
            self.now += self.pace
        known = self._known(move)
        replies = []
        for at in range(move.count):
            reply = self._one(move, knows_form=at < known)
            replies.append(reply)
            outcome = {"wrong": "usual", "other": "refused"}.get(reply.outcome, reply.outcome)
            guesses.append(
                (
                    Guess(
                        purpose=move.purpose,
                        who="unknown" if move.who == "many" else move.who,
                        right=move.right,
                        outcome=outcome,
                        status=401,
                        leads="",
                        size=1,
                        seconds=reply.seconds,
                        at=reply.at,
                        forged=move.forged,
                        differs=bool(reply.differs),
                        shared=move.shared,
                    ),
                    reply.differs,
                )
            )
        if move.count > 1:
            self.now += self.pace
        return tuple(replies)

    def _known(self, move: Move) -> int:
        """How many of those who make a move need no page."""
        if move.shared:
            return move.count
        if move.right or move.forged or move.who == "many":
            return 0
        waiting = self._waiting.get(move.who, 0)
        known = min(waiting, move.count) if move.again else 0
        self._waiting[move.who] = waiting + move.count - known
        return known if self.keeps else 0

    def _one(self, move: Move, *, knows_form: bool) -> Reply:
        cost = (1 if knows_form else self.cost) + (move.right and self.cost > 1)
        if self.sent + cost > MOST_REQUESTS:
            return Reply("unsent", requests=0, at=self.now)
        self.sent += cost
        self._made_up += 1
        account = f"nobody {self._made_up}" if move.who == "many" else move.who
        address = f"forged {self._made_up}" if self.trusts in move.forged and self.trusts else "ours"
        key = {"account": f"{account} {address if self.trusts else ''}", "address": address, "nothing": ""}[
            self.key
        ]
        if self.page == "counted":
            key = "page" if move.shared else f"newcomer {self._made_up}"
        elif self.page and move.shared:
            outcome = "other" if move.right else "wrong"
            differs = frozenset(("+this page is old",) if self.page == "once" else ())
            return Reply(outcome, differs, seconds=self.pace, at=self.now, requests=cost)
        if self._until.get(key, -1.0) > self.now and not (self.looks_first and move.right):
            self.sent -= move.right and self.cost > 1
            return self._refusal(move, cost - (move.right and self.cost > 1))
        if move.right:
            self._failures[key] = self.earlier if key == "own " else 0
            return Reply("accepted", seconds=self.pace, at=self.now, requests=cost)
        if self.most is not None and not (self.real_only and move.who in ("unknown", "many")):
            self._failures[key] = self._failures.get(key, 0) + 1
            if self._failures[key] >= self.most:
                self._until[key] = self.now + self.seconds
                self._failures[key] = 0
        differs = frozenset((f"+word {self._made_up}",) if self.varied else ())
        if self.adverts is not None and (advert := self._lot.randrange(4)):
            differs |= {f"+advert {advert}"}
        return Reply("wrong", differs, seconds=self.pace, at=self.now, requests=cost)

    def _refusal(self, move: Move, cost: int) -> Reply:
        outcome = "other" if move.right or self.manner == "status" else "wrong"
        differs = {"status": STATUS, "words": WORDS, "silent": frozenset[str]()}[self.manner]
        return Reply(outcome, differs, seconds=self.pace, at=self.now, requests=cost)
