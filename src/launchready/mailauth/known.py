"""Answers of name servers at hand, and the questions that are still open.

Evaluating is pure, asking is not. So an evaluator looks its names up among what is known; where an answer is not known
yet, the question is noted and the evaluation breaks off. The wire asks all open questions at once and has it evaluated
again, until none is open. A judge evaluates the same from the evidence alone.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

from launchready.evidence import Missing
from launchready.evidence.dns import Answer
from launchready.verdict import Cause

Question = tuple[str, str]
"""Name, in lower case without the final dot, and type of record."""
T = TypeVar("T")


class NotKnown(LookupError):
    """An answer is needed that is not at hand."""


class Known:
    """Answers by question."""

    def __init__(self, answers: Iterable[Answer] = ()) -> None:
        self._answers: dict[Question, Answer] = {(each.name, each.kind): each for each in answers}
        self.open: dict[Question, None] = {}

    def add(self, answers: Iterable[Answer]) -> None:
        """Take further answers, which close their questions."""
        for each in answers:
            self._answers[each.name, each.kind] = each
            self.open.pop((each.name, each.kind), None)

    def look_up(self, name: str, kind: str) -> Answer:
        """The answer.

        Raises:
            NotKnown: it is not at hand; the question is noted as open.
        """
        question = (name.lower().rstrip("."), kind)
        if (found := self._answers.get(question)) is not None:
            return found
        self.open[question] = None
        raise NotKnown(f"{kind} of {name}")

    def want(self, *questions: Question) -> None:
        """Note questions that will be needed, so that they are asked together."""
        for name, kind in questions:
            question = (name.lower().rstrip("."), kind)
            if question not in self._answers:
                self.open[question] = None

    def tried(self, evaluate: Callable[["Known"], T]) -> T | None:
        """What `evaluate` gives with what is known; None where it met an open question."""
        try:
            return evaluate(self)
        except NotKnown:
            return None

    @property
    def answers(self) -> tuple[Answer, ...]:
        """All, sorted by name and kind."""
        return tuple(self._answers[key] for key in sorted(self._answers))


def never_asked(name: str, kind: str) -> Answer:
    """What stands for an answer that evidence lacks."""
    why = Missing(
        Cause.NOT_COLLECTED, f"{kind} of {name} was not asked for", "run the audit again with this check"
    )
    return Answer(name, kind, "untold", why=why, trouble="not asked")
