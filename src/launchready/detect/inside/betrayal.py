"""One thing that an answer tells of the inside."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Betrayal:
    """One thing that is told.

    Attributes:
        kind: trace, debug page, exception, database, path, host or version.
        what: in words, as "a stack trace of Python"; the same in every run.
        shown: the piece of text that tells it, for looking whether it also stands elsewhere. It may hold anything.
    """

    kind: str
    what: str
    shown: str = field(repr=False)
