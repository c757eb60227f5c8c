"""Values that are sent on purpose so that they can be found in a log, and what was found of them. Live and secret.

A marked password has two runs of plain characters around some special ones. The runs survive most ways in which text is
put into text; how the special ones came out tells which it was. Half of a password in a log is a leak too, but many
systems show the beginning of a token on purpose, so of a token both runs have to be there.
"""

import secrets
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from launchready.collect.log_search.forms import escaped, forms, hashed
from launchready.collect.log_search.needles import Hit, Needles
from launchready.evidence.logs import Leak

_RUN = 12
_BEGINNING = 8
"""Characters of a password that are a leak by themselves: more than a hint, and no accident."""
_SPECIAL = '"<&+/%é\\ '
_TEST_ISSUER = "400000"
"""First digits of a card number that no bank has given out."""


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """One value, and on which way it goes.

    Attributes:
        kind: "password", "bearer token", "session cookie", "card number", "e-mail address".
        way: "login", "password reset" and the like.
        value: as it is sent.
        runs: parts of it that are looked for; empty for all of it.
        whole: only all of it is a leak, not a part.
        is_hashed: a plain hash of it is a leak too.
    """

    kind: str
    way: str
    value: str = field(repr=False)
    runs: tuple[str, ...] = field(default=(), repr=False)
    whole: bool = False
    is_hashed: bool = False


def _plain(length: int) -> str:
    # Of all kinds, so that a run is no word, and what is changed in its case shows.
    kinds = (string.ascii_lowercase, string.ascii_uppercase, string.digits)
    return "".join(secrets.choice(kinds[at % 3]) for at in range(length))


def password(way: str) -> Mark:
    """A password that nobody has."""
    head, tail = _plain(_RUN), _plain(_RUN)
    return Mark("password", way, f"{head}{_SPECIAL}{tail}", (head, tail), is_hashed=True)


def token(kind: str, way: str) -> Mark:
    """A token that opens nothing."""
    head, tail = _plain(_RUN + 4), _plain(_RUN + 4)
    return Mark(kind, way, f"{head}-{tail}", (head, tail), whole=True)


def card(way: str) -> Mark:
    """A number that is formed as those of payment cards are, of no bank."""
    digits = _TEST_ISSUER + "".join(secrets.choice(string.digits) for _ in range(9))
    total = sum(sum(divmod(int(each) * (2 - at % 2), 10)) for at, each in enumerate(digits))
    return Mark("card number", way, f"{digits}{-total % 10}")


def own(kind: str, way: str, value: str) -> Mark | None:
    """A secret of one of the run's own identities; None where it is too short or plain to be told from other text."""
    kinds = sum(any(map(test, value)) for test in (str.isupper, str.islower, str.isdigit, _is_special))
    if len(value) < (10 if kinds > 1 else 16):
        return None
    if kind == "password":
        return Mark(kind, way, value, is_hashed=True)
    runs = (value[: _RUN + 4], value[-_RUN - 4 :]) if len(value) >= 2 * (_RUN + 4) else ()
    return Mark(kind, way, value, runs, whole=True)


def _is_special(character: str) -> bool:
    return not character.isalnum()


def needles(marks: Iterable[Mark]) -> Needles[tuple[Mark, int]]:
    """All that may be found of these marks; each hit tells the mark and which of its runs."""
    texts: dict[bytes, tuple[tuple[Mark, int], str]] = {}
    for mark in marks:
        for at, run in enumerate(mark.runs or (mark.value,)):
            for form, view in forms(run).items():
                texts.setdefault(form, ((mark, at), view))
        if mark.kind == "card number":
            for separator in " -":
                grouped = separator.join(mark.value[at : at + 4] for at in range(0, 16, 4))
                texts.setdefault(grouped.encode(), ((mark, 0), ""))
            texts.setdefault(mark.value[:_RUN].encode(), ((mark, 0), "in part"))
        if mark.is_hashed:
            for form, view in hashed(mark.value).items():
                texts.setdefault(form, ((mark, -1), view))
            if mark.runs:
                texts.setdefault(mark.value[:_BEGINNING].encode(), ((mark, 0), "in part"))
    return Needles(texts)


class Finds:
    """What was found, each way in which a log holds a mark once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, Mark, str], Leak] = {}
        self._runs: dict[tuple[str, Mark], set[int]] = {}

    def take(self, log: str, file: str, hit: Hit[tuple[Mark, int]]) -> None:
        """Note one hit in a file of a log."""
        mark, run = hit.name
        self._runs.setdefault((log, mark), set()).add(run)
        view = hit.view or _how_it_goes_on(mark, run, hit)
        known = self._found.get((log, mark, view))
        if known is None:
            self._found[log, mark, view] = Leak(mark.kind, log, mark.way, view, file, hit.line)
        elif run <= 0:  # the second run of a value is no second time
            self._found[log, mark, view] = Leak(
                known.kind, log, known.field, known.view, known.file, known.line, known.count + 1
            )

    def leaks(self) -> tuple[Leak, ...]:
        """Those that are leaks, sorted."""
        told: dict[tuple[str, str, str, str], Leak] = {}
        for (log, mark, view), leak in self._found.items():
            if mark.whole and self._runs[log, mark] < set(range(len(mark.runs or ("",)))):
                continue
            if view == "in part" and self._is_there(log, mark):
                continue
            told.setdefault((leak.log, leak.kind, leak.field, view), leak)
        return tuple(told[key] for key in sorted(told))

    def _is_there(self, log: str, mark: Mark) -> bool:
        """Whether this log holds it in another way than in part."""
        return any((known, other) == (log, mark) and view != "in part" for known, other, view in self._found)


def _how_it_goes_on(mark: Mark, run: int, hit: Hit[tuple[Mark, int]]) -> str:
    """By the special characters beside a plain run: how the text was put there."""
    if not mark.runs or mark.whole:
        return ""
    ways: Mapping[bytes, str] = escaped(_SPECIAL)
    for form, name in ways.items():
        if hit.after.startswith(form) if run == 0 else hit.before.endswith(form):
            return name
    return "in part"
