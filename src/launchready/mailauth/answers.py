"""How evaluators read answers: what name servers could not tell breaks the evaluation off, and is never absence."""

from launchready.evidence import Missing
from launchready.evidence.dns import Answer
from launchready.mailauth.known import Known, never_asked


class Untold(LookupError):
    """No name server told what is needed."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"{answer.kind} of {answer.name}")
        self.answer = answer
        assert answer.why is not None
        self.why: Missing = answer.why


class Recorded(Known):
    """What evidence holds, and no more: a question that was never asked is told of, and stays open for nobody."""

    def look_up(self, name: str, kind: str) -> Answer:
        """The answer, or what stands for it where there is none."""
        question = (name.lower().rstrip("."), kind)
        return self._answers.get(question) or never_asked(*question)


def told(known: Known, name: str, kind: str) -> Answer:
    """The answer of a name server: present or absent.

    Raises:
        Untold: there is none.
        NotKnown: it was not asked for yet.
    """
    answer = known.look_up(name, kind)
    if answer.outcome == "untold":
        raise Untold(answer)
    return answer


def texts(known: Known, name: str) -> tuple[str, ...]:
    """The TXT records at a name; raises as `told` does."""
    return told(known, name, "TXT").records
