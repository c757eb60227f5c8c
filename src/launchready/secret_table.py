"""Every secret that any surface showed, one line each, in the order of replacing them: pure, like all judging."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from launchready.evidence import Fact, Missing
from launchready.evidence.secret_names import asked, named, rotated
from launchready.evidence.secrets import KeyState, KeyStates, Place, Rotation, Rotations, Search, Secret
from launchready.scorecard import SecretPlace, SecretRow, SecretTable

PLACES_SHOWN = 20
"""Places that a line has; the rest is counted."""

CLOSED = ("replaced", "dead")
"""States in which nobody can use a secret any more."""

_WEB = frozenset(("script", "inline state", "source map", "page", "exposed file", "error page", "answer"))


class _Sighting(NamedTuple):
    """A secret as one surface's search named and showed it."""

    name: str
    secret: Secret


def secret_table(facts: Mapping[type, Fact | Missing]) -> SecretTable | None:
    """The table, or None where nobody searched for secrets.

    Args:
        facts: of the run; every one that holds a search is read, and the owner's word on what was replaced, and their
            providers' on what still works.
    """
    searches = list(_searches(facts))
    if not searches:
        return None
    rotations = facts.get(Rotations)
    told = rotations if isinstance(rotations, Rotations) else Rotations()
    states = facts.get(KeyStates)
    answers = states if isinstance(states, KeyStates) else KeyStates()
    together: dict[str, list[_Sighting]] = {}
    for search in searches:
        for name, secret in named(search.secrets):
            together.setdefault(secret.fingerprint, []).append(_Sighting(name, secret))
    rows = [_row(sightings, told, answers) for sightings in together.values() if _left(sightings)]
    rows.sort(
        key=lambda row: (
            row.state in CLOSED,
            row.state != "live",
            not row.reachable,
            row.rank,
            row.first_seen or "~",
            row.name,
        )
    )
    unread = {f"{gap.where}: {gap.why.detail}": None for search in searches for gap in search.gaps}
    return SecretTable(tuple(rows), tuple(unread))


def _searches(facts: Mapping[type, Fact | Missing]) -> Iterator[Search]:
    """The searches, that of the history first: its names last longest, as nothing is ever taken out of it."""
    kinds = sorted(facts, key=lambda kind: (kind.__name__ != "HistorySecrets", kind.__name__))
    for kind in kinds:
        search = getattr(facts[kind], "search", None)
        if isinstance(search, Search):
            yield search


def _left(sightings: list[_Sighting]) -> bool:
    """Whether it is anywhere but in a file that git ignores, where a developer's own secrets belong."""
    return any(place.surface != "ignored file" for each in sightings for place in each.secret.places)


def _row(sightings: list[_Sighting], rotations: Rotations, states: KeyStates) -> SecretRow:
    first = sightings[0]
    places = [place for each in sightings for place in each.secret.places]
    days = sorted(place.at[:10] for place in places if place.at and place.commit)
    state, by = _state(sightings, rotations, asked(first.secret, states))
    way = rotation(first.secret.kind)
    return SecretRow(
        name=first.name,
        kind=first.secret.kind,
        state=state,
        state_by=by,
        rank=way["rank"],
        page=way["page"],
        step=way["step"],
        reachable=any(place.surface in _WEB or place.who for place in places),
        in_head=next((each.secret.in_head for each in sightings if each.secret.in_head is not None), None),
        first_seen=days[0] if days else "",
        last_seen=days[-1] if days else "",
        authors=tuple(sorted({place.author for place in places if place.author})),
        places=tuple(map(_place, places[:PLACES_SHOWN])),
        places_left_out=sum(each.secret.further for each in sightings) + max(0, len(places) - PLACES_SHOWN),
    )


def _state(sightings: list[_Sighting], rotations: Rotations, answer: KeyState | None) -> tuple[str, str]:
    """The state, and by whose word. What its provider says of a key counts more than what was declared."""
    if answer and answer.state in ("live", "dead"):
        return answer.state, f"{answer.provider}, {answer.on}"
    word, still = _declared(sightings, rotations)
    if word is None:
        return "open", ""
    return "replaced, and still there" if still else "replaced", f"{word.by}, {word.on}"


def _declared(sightings: list[_Sighting], rotations: Rotations) -> tuple[Rotation | None, bool]:
    """The owner's word, where it comes after the last commit; and whether the secret stands where no date tells."""
    for name, secret in sightings:
        dated = tuple(place for place in secret.places if place.at)
        if not dated:
            continue
        word = rotated(
            name, Secret(secret.fingerprint, secret.kind, secret.rule, secret.length, dated), rotations
        )
        if word:
            return word, any(not place.at for each in sightings for place in each.secret.places)
    return None, False


def _place(place: Place) -> SecretPlace:
    where = f"{place.where}:{place.line}" if place.line else place.where
    return SecretPlace(place.surface, where, place.who, place.author, place.commit, place.at)


def rotation(kind: str) -> dict[str, Any]:
    """Rank, page and step for this kind of secret, from data/rotation.toml."""
    data = _rotations()
    lower = kind.lower()
    found = (entry for entry in data["entry"] if any(word in lower for word in entry["kinds"]))
    way: dict[str, Any] = next(found, data["other"])
    return way


@cache
def _rotations() -> dict[str, Any]:
    raw = files("launchready").joinpath("data", "rotation.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)
