"""Many finds become secrets: each value once, by fingerprint, with its places in an order that every run repeats."""

from collections.abc import Callable
from typing import NamedTuple

from launchready.detect import Found
from launchready.evidence.redact import Redactor
from launchready.evidence.secrets import Place, Secret

Remember = Callable[[str, str], None]
"""Told the kind and the value of a find: `KeyProviders.remember`."""

PLACES_KEPT = 50
"""Places listed for one secret: a key in a thousand commits is told by its first and its last ones."""


class _Kind(NamedTuple):
    """What a value was taken for. A provider's own rule says more than one of ours for passwords of all sorts."""

    generic: bool
    kind: str
    rule: str


class Gathering:
    """Collects finds of one surface. The values are fingerprinted at once and not kept here."""

    def __init__(self, redact: Redactor, remember: Remember = lambda _kind, _value: None) -> None:
        """Collect nothing yet.

        Args:
            redact: fingerprints of the run.
            remember: told of each find that is the portal's, not a developer's own.
        """
        self._redact = redact
        self._remember = remember
        self._kinds: dict[str, set[_Kind]] = {}
        self._lengths: dict[str, int] = {}
        self._places: dict[str, set[Place]] = {}
        self._in_head: dict[str, bool] = {}

    def add(self, found: Found, *places: Place, in_head: bool | None = None) -> None:
        """Take in one find.

        Args:
            found: the secret.
            places: where it stands; all its commits where it is in a history.
            in_head: whether what holds it is checked out; true once makes it true for the secret.
        """
        key = self._redact.fingerprint(found.value)
        self._kinds.setdefault(key, set()).add(_Kind(found.generic, found.kind, found.rule))
        self._lengths[key] = len(found.value)
        self._places.setdefault(key, set()).update(places)
        if any(place.surface != "ignored file" for place in places):
            self._remember(found.kind, found.value)
        if in_head is not None:
            self._in_head[key] = self._in_head.get(key, False) or in_head

    def secrets(self) -> tuple[Secret, ...]:
        """What was gathered, in the order of the first places."""
        gathered = [self._secret(key) for key in self._places if self._places[key]]
        return tuple(sorted(gathered, key=lambda each: (_order(each.places[0]), each.kind, each.length)))

    def _secret(self, key: str) -> Secret:
        kind = min(self._kinds[key])
        places = sorted(self._places[key], key=_order)
        # The last ones stay too: they say when it was last seen.
        kept = places if len(places) <= PLACES_KEPT else [*places[: PLACES_KEPT - 10], *places[-10:]]
        return Secret(
            fingerprint=key,
            kind=kind.kind,
            rule=kind.rule,
            length=self._lengths[key],
            places=tuple(kept),
            further=len(places) - len(kept),
            in_head=self._in_head.get(key),
        )


def _order(place: Place) -> tuple[str, str, int, str, str, str, str]:
    """Oldest first where there are times, then by name; what says nothing of time comes last, as it may vanish."""
    return (place.at or "~", place.where, place.line, place.view, place.who, place.surface, place.commit)
