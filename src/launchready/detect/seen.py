"""What a rule has seen, and what that was judged to be."""

from typing import NamedTuple

from launchready.detect import kinds
from launchready.detect.engines import Hit

OWN_SHAPE, SHAPE, CONTEXT, NAME = 3, 2, 1, 0
"""How much a rule knows: the provider's shape as we know it or the catalogue does, a name near it, a name beside it."""


class Judged(NamedTuple):
    """What stands there.

    Attributes:
        value: as the provider would take it; empty for what is public.
        kind: what it is, in words.
        rule: the rule that knew it.
        rank: how much that rule knows.
        start, end: in the text that was looked at.
        public, personal: as they say.
    """

    value: str
    kind: str
    rule: str
    rank: int
    start: int
    end: int
    public: bool = False
    personal: bool = False


class Seen(NamedTuple):
    """What a rule saw, with the text around it.

    Attributes:
        hit: where, and by which rule.
        value: what stands there.
        text, path: in which it stands.
    """

    hit: Hit
    value: str
    text: bytes
    path: str

    def before(self, size: int) -> str:
        """So many bytes before it, as text."""
        return self.text[max(0, self.hit.start - size) : self.hit.start].decode("utf-8", "replace")

    def around(self, size: int) -> str:
        """It, with so many bytes on each side, as text."""
        return self.text[max(0, self.hit.start - size) : self.hit.end + size].decode("utf-8", "replace")

    def cut(self, size: int) -> "Seen":
        """The same without as many characters, of one byte each, at its end."""
        if not size:
            return self
        return self._replace(hit=self.hit._replace(end=self.hit.end - size), value=self.value[:-size])

    def judged(
        self, kind: str = "", rank: int = OWN_SHAPE, *, value: str = "", personal: bool = False
    ) -> Judged:
        """That it is a secret; of the kind, and with the value, that the rule says where none is given."""
        hit = self.hit
        kind = kind or kinds.words(hit.rule, hit.name)
        return Judged(value or self.value, kind, hit.rule, rank, hit.start, hit.end, personal=personal)

    def public(self, kind: str, rank: int = OWN_SHAPE) -> Judged:
        """That it is public by design; told by a name beside it, it gives way to a provider's shape."""
        return Judged("", kind, self.hit.rule, rank, self.hit.start, self.hit.end, public=True)
