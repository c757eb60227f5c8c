"""What an SPF record says to everybody: its tree of includes, what it costs to evaluate, and what it says of strangers.

Evaluating for one sender stops at the first match. Here every term is looked at, as a sender that nothing matches would
make a receiver do.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from launchready.evidence.dns import Answer
from launchready.evidence.letters import Result
from launchready.mailauth.known import Known, NotKnown
from launchready.mailauth.spf import MOST_NAMES, RESULTS
from launchready.mailauth.spf_macros import as_name, expand
from launchready.mailauth.spf_record import MalformedError, Mechanism, Record, has_macros, is_record, parse

_DEEPEST = 12
"""More than ten includes in each other are refused by everybody."""
_MOST_FOLLOWED = 60
"""Terms in one tree that are looked up; who writes more of them has long failed."""
_WIDEST = {4: 8, 6: 16}
"""Prefix lengths: no organisation has more addresses than this of its own."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One domain's record, and where its terms lead.

    Attributes:
        domain: whose record it is.
        text: the record; empty where there is none, or more than one.
        record: the same, read; None where it cannot be.
        problem: why receivers answer permerror to this record alone; empty where they do not.
        answer: what name servers said of the record.
        near_misses: TXT records that look like SPF and are none.
        terms: that make receivers ask name servers, in order, the redirect included.
        below: each include and redirect that can be followed, with its own branch.
        void: names at which such a term finds nothing.
        untold: questions of its terms without an answer.
        everybody: terms that match whoever sends.
        unread: mechanisms after `all`, which nobody reads.
    """

    domain: str
    answer: Answer
    text: str = ""
    record: Record | None = None
    problem: str = ""
    near_misses: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    below: tuple[tuple[str, "Branch"], ...] = ()
    void: tuple[str, ...] = ()
    untold: tuple[Answer, ...] = ()
    everybody: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def lookups(self) -> int:
        """Terms in the whole tree that make receivers ask."""
        return len(self.terms) + sum(branch.lookups for _, branch in self.below)

    def walk(self) -> Iterator["Branch"]:
        """This branch and all below it."""
        yield self
        for _, branch in self.below:
            yield from branch.walk()

    def for_strangers(self) -> Result:
        """The result for a sender that no address of the record fits; untold where that depends on who it is."""
        if self.record is None:
            return "permerror" if self.problem else "none"
        below = dict(self.below)
        for mechanism in self.record.mechanisms:
            branch = below.get(mechanism.text)
            included = mechanism.name == "include" and branch and branch.for_strangers() == "pass"
            if mechanism.name == "all" or mechanism.text in self.everybody or included:
                return RESULTS[mechanism.qualifier]
        if not self.record.redirect:
            return "neutral"
        redirected = below.get(f"redirect={self.record.redirect}")
        return redirected.for_strangers() if redirected else "untold"

    def drawn(self) -> str:
        """The tree on one line: `example.com [_spf.example.net [a.example.net, b.example.net]]`."""
        below = ", ".join(branch.drawn() for _, branch in self.below)
        return f"{self.domain} [{below}]" if below else self.domain


def survey(known: Known, domain: str) -> Branch:
    """Follow everything that the SPF record of a domain leads to.

    Raises:
        NotKnown: an answer is needed that is not at hand; all that can be foreseen are noted as open.
    """
    return _branch(known, domain, (), _Allowance())


@dataclass(slots=True)
class _Allowance:
    """How many terms may still be looked up in one survey."""

    left: int = _MOST_FOLLOWED

    def taken(self) -> bool:
        """Take one of them; False where none is left."""
        self.left -= 1
        return self.left >= 0


def _branch(known: Known, domain: str, above: tuple[str, ...], allowance: _Allowance) -> Branch:
    answer = known.look_up(domain, "TXT")
    texts = [text for text in answer.records if is_record(text)]
    near = tuple(text for text in answer.records if not is_record(text) and _looks_like(text))
    if len(texts) != 1:
        problem = f"{domain} has {len(texts)} SPF records; there may be one only" if texts else ""
        return Branch(domain, answer, problem=problem, near_misses=near)
    try:
        record = parse(texts[0])
    except MalformedError as error:
        return Branch(domain, answer, texts[0], problem=str(error), near_misses=near)
    return _Followed(known, domain, (*above, domain), allowance).branch(record, answer, texts[0])


def _after(record: Record, place: int | None) -> tuple[str, ...]:
    """Mechanisms after `all`, but for a second one."""
    if place is None:
        return ()
    return tuple(each.text for each in record.mechanisms[place:] if each.name != "all")


def _looks_like(text: str) -> bool:
    return (
        text.strip(" \t\"'\N{NO-BREAK SPACE}")
        .lower()
        .replace(" ", "")
        .startswith(("v=spf1", "spf1", "v=spf="))
    )


class _Followed:
    """The terms of one record while they are followed."""

    def __init__(self, known: Known, domain: str, above: tuple[str, ...], allowance: _Allowance) -> None:
        self._known = known
        self._domain = domain
        self._above = above
        self._allowance = allowance
        self._open = False
        self._problem = ""
        self._terms: list[str] = []
        self._below: list[tuple[str, Branch]] = []
        self._void: list[str] = []
        self._untold: list[Answer] = []
        self._everybody: list[str] = []

    def branch(self, record: Record, answer: Answer, text: str) -> Branch:
        """All that the record leads to."""
        place = next((at for at, each in enumerate(record.mechanisms) if each.name == "all"), None)
        for mechanism in record.mechanisms[:place]:
            self._follow(mechanism)
        if record.redirect and place is None:
            self._leads_to(f"redirect={record.redirect}", record.redirect)
        if self._open:
            raise NotKnown(f"what the SPF record of {self._domain} leads to")
        return Branch(
            self._domain,
            answer,
            text,
            record,
            self._problem,
            terms=tuple(self._terms),
            below=tuple(self._below),
            void=tuple(dict.fromkeys(self._void)),
            untold=tuple(self._untold),
            everybody=tuple(self._everybody),
            unread=_after(record, place),
        )

    def _follow(self, mechanism: Mechanism) -> None:
        match mechanism.name:
            case "ip4" | "ip6":
                network = mechanism.network
                if network is not None and network.prefixlen < _WIDEST[network.version]:
                    self._everybody.append(mechanism.text)
            case "include":
                self._leads_to(mechanism.text, mechanism.spec)
            case "a" | "mx" | "exists":
                self._terms.append(mechanism.text)
                name = self._name(mechanism.spec or self._domain)
                if name and self._allowance.taken():
                    self._hosts(mechanism, name)
            case _:
                self._terms.append(mechanism.text)

    def _name(self, spec: str) -> str:
        """The name that a domain-spec stands for; empty where that depends on the sender."""
        return "" if has_macros(spec) else as_name(expand(spec, lambda _letter: self._domain))

    def _leads_to(self, term: str, spec: str) -> None:
        self._terms.append(term)
        name = self._name(spec)
        if not name:
            return
        if name in self._above:
            self._problem = f"{term} leads back to where it came from"
        elif len(self._above) <= _DEEPEST and self._allowance.taken():
            try:
                branch = _branch(self._known, name, self._above, self._allowance)
            except NotKnown:
                self._open = True
                return
            self._below.append((term, branch))
            if branch.answer.outcome != "untold" and not branch.text and not branch.problem:
                self._problem = f"{term}: {name} has no SPF record"

    def _hosts(self, mechanism: Mechanism, name: str) -> None:
        """Whether there is anything where a, mx or exists leads."""
        hosts = [name]
        if mechanism.name == "mx":
            answer = self._asked(name, "MX")
            hosts = [as_name(each.partition(" ")[2]) for each in answer.records] if answer else []
            if answer and answer.outcome == "absent":
                self._void.append(name)
            if len(hosts) > MOST_NAMES:
                self._problem = f"{mechanism.text}: {name} has {len(hosts)} MX records, and ten are allowed"
        kinds = ("A",) if mechanism.name == "exists" else ("A", "AAAA")
        there = [self._is_there(host, kinds) for host in hosts if host]
        if any(there) and (mechanism.name == "exists" or mechanism.length4 < _WIDEST[4]):
            self._everybody.append(mechanism.text)

    def _is_there(self, name: str, kinds: tuple[str, ...]) -> bool:
        """Whether one of these kinds of record is there; where certainly none is, the name is void."""
        certain = True
        for kind in kinds:
            answer = self._asked(name, kind)
            if answer is not None and answer.outcome == "present":
                return True
            certain = certain and answer is not None and answer.outcome == "absent"
        if certain:
            self._void.append(name)
        return False

    def _asked(self, name: str, kind: str) -> Answer | None:
        """The answer; None where it is not at hand yet."""
        try:
            answer = self._known.look_up(name, kind)
        except NotKnown:
            self._open = True
            return None
        if answer.outcome == "untold":
            self._untold.append(answer)
        return answer
