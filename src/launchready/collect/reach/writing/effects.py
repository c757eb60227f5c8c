"""What a write does to a record, as seen by whom it belongs to: what came, what went, whether the record is gone. Raw."""

from dataclasses import dataclass

from launchready.collect.people.pages import Page
from launchready.collect.people.pieces import pieces
from launchready.collect.reach.writing.acting import Acting
from launchready.collect.reach.writing.never import is_token

Values = frozenset[tuple[str, bytes]]
"""What stands where: the address of a page, or to which a form sends (a list has one for each record), and the value."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What one party sees of a record.

    Attributes:
        stable: values that all looks have in common.
        ever: values of any look; what is among them alone changes by itself.
        there: whether the record's mark was seen in the last one.
        whole: whether every address was answered; else what is not seen may be there all the same.
    """

    stable: Values
    ever: Values
    there: bool
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Effect:
    """The difference between two sights; none at all where one of them was not whole, and then not `known`."""

    came: Values = frozenset()
    went: Values = frozenset()
    gone: bool = False
    known: bool = True

    def __bool__(self) -> bool:
        return self.gone or bool(self.came or self.went)

    def holds(self, text: str) -> bool:
        """Whether a text came with it."""
        return any(text.encode() in value for _, value in self.came)

    def is_like(self, other: "Effect") -> bool:
        """Whether this is what the other one is: the record gone, or most of the same values come or gone."""
        if other.gone or self.gone:
            return self.gone and other.gone
        mine, theirs = _words(self), _words(other)
        return bool(theirs) and len(mine & theirs) * 2 >= len(theirs)


async def sight(acting: Acting, party: str, urls: tuple[str, ...], mark: str) -> Sight:
    """Look twice at all of these addresses."""
    first = await _look(acting, party, urls, mark)
    second = await _look(acting, party, urls, mark)
    return _both(first, second, there=second.there)


async def effect(acting: Acting, party: str, urls: tuple[str, ...], mark: str, before: Sight) -> Effect:
    """What is different now: one look where nothing is, else one more that has to see the same."""
    after = await _look(acting, party, urls, mark)
    found = _between(before, after)
    if not found and found.known:
        return found
    again = await _look(acting, party, urls, mark)
    if not after.whole:
        return _between(before, again)
    return _between(before, _both(after, again, there=after.there or again.there))


def _both(one: Sight, other: Sight, *, there: bool) -> Sight:
    return Sight(one.stable & other.stable, one.ever | other.ever, there, one.whole and other.whole)


def _between(before: Sight, after: Sight) -> Effect:
    if not (before.whole and after.whole):
        return Effect(known=False)
    gone = before.there and not after.there
    return Effect(after.stable - before.ever, before.stable - after.ever, gone)


async def _look(acting: Acting, party: str, urls: tuple[str, ...], mark: str) -> Sight:
    pages = await acting.look_all(party, urls)
    seen = frozenset(pair for url, page in zip(urls, pages, strict=True) for pair in _values(url, page))
    there = any(
        page is not None and page.status < 400 and mark.encode() in page.answer.body for page in pages
    )
    whole = all(page is not None and not page.answer.exchange.is_not_now for page in pages)
    return Sight(seen, seen, there, whole)


def _values(url: str, page: Page | None) -> set[tuple[str, bytes]]:
    if page is None or page.status >= 400:
        return set()
    found = {(url, piece) for piece in pieces(page.answer)}
    for form in page.forms:
        for each in form.fields:
            if each.name and each.sent and not is_token(each) and each.value:
                found.add((form.action, f"{each.name}: {each.value}".encode()))
    return found


def _words(found: Effect) -> set[tuple[bool, bytes]]:
    """Values by whether they came or went; those with digits may belong to one record alone, where there are others."""
    every = {(True, value) for _, value in found.came} | {(False, value) for _, value in found.went}
    plain = {each for each in every if not any(48 <= byte <= 57 for byte in each[1])}
    return plain or every
