"""An address as an identity and a stranger were shown it, and by what one tells the two apart. Raw: never evidence."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from launchready.collect.people.pieces import field_names, is_telling, pieces
from launchready.evidence.http import Exchange
from launchready.wire.http import Answer

_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class ProtectedRoute:
    """One address that this identity reads and a stranger does not.

    Attributes:
        url: raw.
        shape: as in the crawl.
        kind: page, api (JSON) or file.
        owner, anonymous: the answers of the two, redacted.
        markers: values that only the identity is shown. Raw: never evidence.
        frame: values around the content that only somebody who is signed in is shown. Raw as well.
        names: of JSON, the names of its fields that the stranger's answer has not.
    """

    url: str
    shape: str
    kind: str
    owner: Exchange
    anonymous: Exchange
    markers: frozenset[bytes]
    frame: frozenset[bytes] = frozenset()
    names: frozenset[str] = frozenset()

    def seen(self, answer: Answer) -> int:
        """How many of the markers this answer shows."""
        return len(self.markers & pieces(answer))

    def shows(self, answer: Answer) -> bool:
        """Whether this answer shows what only the identity should be shown: most of it, or a good part for certain."""
        found = self.markers & pieces(answer)
        telling = sum(map(is_telling, found))
        if not telling and any(map(is_telling, self.markers)):
            return False
        return len(found) * 2 >= len(self.markers) or (telling >= 3 and len(found) * 4 >= len(self.markers))

    def personal(self, names: Iterable[str]) -> frozenset[bytes]:
        """The values here that name the identity itself.

        Args:
            names: its user name, e-mail and the like.
        """
        words = [re.escape(name.lower().encode()) for name in names if len(name) >= _SHORTEST_NAME]
        if not words:
            return frozenset()
        found = re.compile(rb"(?<!\w)(?:" + b"|".join(words) + rb")(?!\w)")
        return frozenset(piece for piece in self.markers | self.frame if found.search(piece.lower()))

    def is_of_another(self, answer: Answer, names: Iterable[str]) -> bool:
        """Whether this is what somebody else who is signed in would be shown: the same page, another name or none.

        False where the identity's own answer does not name it, as then one cannot know.
        """
        personal, shown = self.personal(names), pieces(answer)
        if not personal or personal & shown:
            return False
        if self.kind == "api":
            return len(self.names) >= 2 and len(self.names & field_names(answer)) * 5 >= len(self.names) * 4
        labels, around = self.markers - personal, self.frame - personal
        alike = len(around & shown) >= 3 and len(around & shown) * 3 >= len(around) * 2
        return alike and (not labels or bool(labels & shown))


@dataclass(frozen=True, slots=True)
class OpenRoute:
    """One address that a stranger is shown as well as the identity: public, or a guard was forgotten.

    Attributes:
        url, shape, kind, owner, anonymous: as of a protected one.
        own: values that both are shown, without the frame. Raw: never evidence.
        shown: all values that the identity is shown. Raw as well.
        for_sharing: a page that says it is there to be shared.
    """

    url: str
    shape: str
    kind: str
    owner: Exchange
    anonymous: Exchange
    own: frozenset[bytes]
    shown: frozenset[bytes] = frozenset()
    for_sharing: bool = False
