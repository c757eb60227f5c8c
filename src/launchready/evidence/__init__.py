"""Everything launchready ever looks at, as frozen typed facts: `ls` here is the privacy statement.

A fact is `T | Missing`: what could not be looked at is evidence too, saved like any other, and never mistaken for
"looked and found nothing".
"""

import msgspec

from launchready.verdict import Cause, Doubt


class Fact(msgspec.Struct, frozen=True, tag=True, tag_field="fact"):
    """Base of all evidence. Fields are plain values, tuples and other facts; the tag is the class name."""


class Missing(Fact, frozen=True, tag=True):
    """Why there is no such fact, and what would settle it."""

    cause: Cause
    detail: str
    settle_by: str

    def doubt(self, subject: str = "") -> Doubt:
        """The same, as a judge says it about one subject."""
        return Doubt(subject, self.cause, self.detail, self.settle_by)
