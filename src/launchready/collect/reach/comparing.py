"""What of one party's values came back to another, and whether that is enough to say so. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from launchready.collect.people.pieces import is_telling
from launchready.collect.reach.reading import Reading
from launchready.collect.reach.views import Ids, Sample, View

_DATE = re.compile(rb"[^A-Za-z]*\d{2,4}[-./]\d{1,2}[-./]\d{1,4}(?:[T ][\d:.+Z-]+)?|[\d:.,\s]+(?:[ap]m)?")
_CELL = re.compile(rb"[,;\t|]")
_REFERENCE = re.compile(rb"(?:\w+=)?\"?(?=[^\s@]*\d)[^\s@]{1,60}\"?")


@dataclass(frozen=True, slots=True)
class Came:
    """What came back.

    Attributes:
        markers: what would have told.
        seen: what of it was in the answer.
    """

    markers: frozenset[bytes]
    seen: frozenset[bytes]

    @property
    def is_enough(self) -> bool:
        """Whether this can hardly be a mention or a coincidence."""
        telling = sum(map(is_telling, self.seen))
        most = 2 * len(self.seen) >= len(self.markers)
        return telling >= 2 or (telling >= 1 and most) or (len(self.seen) >= 3 and most)


NOTHING = Came(frozenset(), frozenset())


def came_back(
    values: frozenset[bytes], answer: Reading | None, ids: Iterable[str], *controls: frozenset[bytes]
) -> Came:
    """Compare one answer with what only its owner should be shown.

    Args:
        values: of the owner's own answer, those that stay the same.
        answer: what the other one was given.
        ids: values of the request; what merely repeats them is no marker.
        controls: what is shown in any case: frames, other records, records that do not exist, strangers.
    """
    markers = without_echo(values.difference(*controls), ids)
    return Came(markers, markers & answer.pieces if answer is not None else frozenset())


def without_echo(values: frozenset[bytes], ids: Iterable[str]) -> frozenset[bytes]:
    """The values that repeat nothing of the request."""
    sent = [re.escape(each.encode("utf-8", "surrogateescape")) for each in ids if each]
    if not sent:
        return values
    echo = re.compile(rb"(?<![^\W_])(?:" + b"|".join(sent) + rb")(?![^\W_])", re.IGNORECASE)
    return frozenset(value for value in values if not echo.search(value))


def foreign(owner: View, other: View, public: frozenset[bytes]) -> frozenset[bytes]:
    """Telling values that one party is shown and the other one nowhere, dates and amounts aside."""
    shown = frozenset().union(*(each.stable for group in owner.samples.values() for each in group))
    left = shown - owner.frame - other.met - public
    return frozenset(value for value in left if is_telling(value) and not _DATE.fullmatch(value))


def is_handed_on(record: Sample, values: frozenset[bytes], view: Reading, address: str) -> Came:
    """Whether a view holds a record that its reader is refused: a text of it and what names it.

    Args:
        record: of the owner.
        values: of it that belong to this record and nobody else was shown beside it.
        view: what the other one is shown of its own accord.
        address: of the record.
    """
    values = frozenset(v for v in values if is_telling(v) and not _DATE.fullmatch(v))
    seen = values & view.pieces
    texts = {value for value in seen if not _REFERENCE.fullmatch(value)}
    named = seen - texts
    if view.kind == "file":
        texts |= {line for line in view.pieces if _is_row(line) and any(value in line for value in seen)}
    names_it = (
        bool(named)
        or address in view.links
        or any((name, each) in view.fields for each in record.ids for name in ("id", "uuid", "key", "slug"))
    )
    if (texts and names_it) or (len(texts) >= 2 and _has_long_id(record.ids, view)):
        return Came(values, seen)
    return NOTHING


def _is_row(line: bytes) -> bool:
    """Whether this is a line of a table, where all that stands in it is about one record."""
    return len(_CELL.split(line)) > 2


def _has_long_id(ids: Ids, view: Reading) -> bool:
    shown = b"\n".join(view.pieces)
    return any(len(each) >= 5 and each.encode("utf-8", "surrogateescape") in shown for each in ids)
