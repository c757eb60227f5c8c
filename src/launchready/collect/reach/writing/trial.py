"""One write that was tried, and how the same was seen to come about when it was made by right. Raw."""

from dataclasses import dataclass

from launchready.collect.reach.writing.canary import Canary
from launchready.collect.reach.writing.effects import Effect
from launchready.evidence.access import WriteTrial


@dataclass(frozen=True, slots=True)
class Shape:
    """How a write was seen to come about when somebody made it to whom it is offered.

    Attributes:
        part: which part of the operation's body was sent: 0 for the whole of it.
        told_at: where its owner sees it: addresses with ids left out.
        effect: what is seen there; None where a text of ours tells.
    """

    part: int
    told_at: frozenset[str]
    effect: Effect | None


@dataclass(slots=True)
class Made:
    """One trial, and the record that it was about: whether that is undone is known in the end.

    Attributes:
        requests: that it took, with its share of the records made for it and of what was done by right.
    """

    trial: WriteTrial
    canary: Canary | None
    requests: int = 0
