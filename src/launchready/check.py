"""What a check is: one question, a pure judge, and the words that go with it.

A check's id is its file: `checks/https/redirects.py` is `https/redirects`. Its needs are the parameter types of its judge.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from types import UnionType
from typing import get_args, get_type_hints

from launchready.evidence import Fact, Missing
from launchready.verdict import Cause, Doubt, Unknown, Verdict


class Risk(StrEnum):
    """How bad it is when the check fails."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Fix:
    """How to mend it, in two voices, how to take the change back, and how to see that it worked."""

    owner: str
    engineer: str
    undo: str
    verify: str


@dataclass(frozen=True, slots=True)
class Example:
    """Facts and the kind of verdict they must get: a test and a line of documentation at once."""

    says: str
    expected: type[Verdict]
    facts: tuple[Fact | Missing, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """One parameter of a judge or collector: the fact it wants, and whether it can work without."""

    fact: type
    tolerates_missing: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion of the scorecard; its words are the docstring of the row's folder.

    `place` orders the scorecard. `gates` names the checks that can hold back the launch: "all" of them, some, or none.
    `beyond` says what of the criterion no check looks at yet; while there is such a thing, the row does not pass.
    """

    place: int
    gates: str | tuple[str, ...] = ()
    beyond: str = ""

    def gated_by(self, check_id: str) -> bool:
        """Whether this check's answer can hold back the launch."""
        return self.gates == "all" or check_id.partition("/")[2] in self.gates


def needs(function: Callable[..., object]) -> dict[str, Need]:
    """What a function declares that it needs, by parameter name, read from its annotations."""
    hints = get_type_hints(function)
    hints.pop("return", None)
    found: dict[str, Need] = {}
    for name, hint in hints.items():
        arms = get_args(hint) if isinstance(hint, UnionType) else (hint,)
        fact = next(arm for arm in arms if arm is not Missing)
        found[name] = Need(fact, Missing in arms)
    return found


@dataclass(frozen=True, slots=True)
class Check:
    """One question of the scorecard.

    Attributes:
        asks: the question, as a person would put it.
        risk: how bad a failure is.
        why: what breaks for whom when it fails, in plain words.
        fix: how to mend it.
        judge: pure function from facts to a verdict.
        wstg, asvs, cwe, owasp_api: where the published standards say the same.
        red_flag: what to put on top of the report when this fails; empty if it is no red flag.
    """

    asks: str
    risk: Risk
    why: str
    fix: Fix
    judge: Callable[..., Verdict]
    wstg: tuple[str, ...] = ()
    asvs: tuple[str, ...] = ()
    cwe: tuple[int, ...] = ()
    owasp_api: tuple[str, ...] = ()
    red_flag: str = ""
    examples: list[Example] = field(default_factory=list)

    @property
    def id(self) -> str:
        """`row/check`, from the module the judge stands in."""
        row, name = self.judge.__module__.rsplit(".", 2)[-2:]
        return f"{row}/{name.replace('_', '-')}"

    @property
    def row(self) -> str:
        """The row this check belongs to."""
        return self.id.partition("/")[0]

    def example(self, says: str, expected: type[Verdict], *facts: Fact | Missing) -> None:
        """Add an example; the facts stand in the order of the judge's parameters."""
        self.examples.append(Example(says, expected, facts))

    def answer(self, facts: dict[type, Fact | Missing]) -> Verdict:
        """Judge these facts. What is missing makes Unknown; a judge that breaks is our bug, not the portal's fault."""
        wanted = needs(self.judge)
        never = Missing(
            Cause.NOT_COLLECTED, "this was not collected in this run", "run the audit again with this check"
        )
        arguments = {name: facts.get(need.fact, never) for name, need in wanted.items()}
        missing = [
            fact
            for name, fact in arguments.items()
            if isinstance(fact, Missing) and not wanted[name].tolerates_missing
        ]
        if missing:
            return Unknown(tuple(Doubt("", m.cause, m.detail, m.settle_by) for m in dict.fromkeys(missing)))
        try:
            return self.judge(**arguments)
        except Exception as error:  # noqa: BLE001 -- whatever breaks in a judge must not spoil the other verdicts
            where = f"{self.id} broke on this evidence ({type(error).__name__})"
            return Unknown((Doubt("", Cause.CHECK_BUG, where, "report this to the makers of launchready"),))
