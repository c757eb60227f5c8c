"""What a write does to a record, as seen by whom it belongs to: what came, what went, whether the record is gone. Raw."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from launchready.collect.people.pages import Page
from launchready.collect.people.pieces import pieces
from launchready.collect.reach.writing.acting import Acting
from launchready.collect.reach.writing.canary import shows
from launchready.collect.reach.writing.never import is_token

Values = frozenset[tuple[str, bytes]]
"""What stands where: the address of a page, that to which its form sends (a list has one for each record); the value."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What one party sees of a record.

    Attributes:
        urls: where it looked.
        stable: values that all looks have in common.
        ever: values of any look; what is among them alone changes by itself.
        shown_at: addresses that showed the record's mark.
        whole: whether every address was answered; else what is not seen may be there all the same.
        data: what JSON showed in the last look, by address.
    """

    urls: tuple[str, ...]
    stable: Values
    ever: Values
    shown_at: frozenset[str]
    whole: bool = True
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_steady(self) -> bool:
        """Whether nothing changed by itself, as far as was looked at it."""
        return self.whole and self.stable == self.ever

    def at(self, urls: tuple[str, ...]) -> "Sight":
        """What of it was seen at these addresses."""
        return Sight(
            urls,
            _at(self.stable, urls),
            _at(self.ever, urls),
            self.shown_at.intersection(urls),
            self.whole,
            {url: self.data[url] for url in urls if url in self.data},
        )

    def with_(self, other: "Sight") -> "Sight":
        """The same, with what another one saw at its addresses."""
        kept = self.at(tuple(url for url in self.urls if url not in other.urls))
        return Sight(
            self.urls,
            kept.stable | other.stable,
            kept.ever | other.ever,
            kept.shown_at | other.shown_at,
            self.whole and other.whole,
            {**self.data, **other.data},
        )


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

    def at(self, url: str) -> "Effect":
        """What of it was seen at this address."""
        return replace(self, came=_at(self.came, (url,)), went=_at(self.went, (url,)))

    def told_at(self, sight: Sight, text: str = "") -> tuple[str, ...]:
        """The one address of a sight that shows the text, or that tells most of it; all of them where no words tell.

        JSON comes first: what a page says of it may be said there once only.
        """
        apart = {url: self.at(url) for url in sight.urls}

        def rank(url: str) -> tuple[bool, bool, bool, int]:
            words = _words(apart[url])
            plain = any(map(_is_plain, words))
            return bool(text) and apart[url].holds(text), plain, plain and url in sight.data, len(words)

        best = max(apart, key=rank)
        return (best,) if any(rank(best)[:2]) or self.gone else sight.urls


async def sight(acting: Acting, party: str, urls: tuple[str, ...], mark: str, *, once: bool = False) -> Sight:
    """Look twice at all of these addresses, to know what changes by itself; `once`: it is known that nothing does."""
    first = await _look(acting, party, urls, mark)
    if once and first.whole:
        return first
    second = await _look(acting, party, urls, mark)
    return _both(first, second, second.shown_at)


async def effect(
    acting: Acting, party: str, mark: str, before: Sight, *, steady: bool = False
) -> tuple[Effect, Sight]:
    """What is different now, and what is seen now: one look where nothing is, else one more that has to see the same.

    Where nothing changes by itself (`steady`), that one is only at the address that tells most.
    """
    after = await _look(acting, party, before.urls, mark)
    found = difference(before, after)
    if not found and found.known:
        return found, before
    if steady and found.known and len(before.urls) > 1:
        told_at = found.told_at(before, mark)
        once_more = await _look(acting, party, told_at, mark)
        both = _both(after.at(told_at), once_more, after.shown_at | once_more.shown_at)
        if difference(before.at(told_at), both):
            now = _both(after, after.with_(once_more), both.shown_at)
            return difference(before, now), now
    again = await _look(acting, party, before.urls, mark)
    now = _both(after, again, after.shown_at | again.shown_at)
    return difference(before, now if after.whole else again), now


def _both(one: Sight, other: Sight, shown_at: frozenset[str]) -> Sight:
    return Sight(
        one.urls,
        one.stable & other.stable,
        one.ever | other.ever,
        shown_at,
        one.whole and other.whole,
        other.data,
    )


def difference(before: Sight, after: Sight) -> Effect:
    """What came and what went; values that change by themselves are neither."""
    if not (before.whole and after.whole):
        return Effect(known=False)
    gone = bool(before.shown_at) and not after.shown_at
    return Effect(after.stable - before.ever, before.stable - after.ever, gone)


async def _look(acting: Acting, party: str, urls: tuple[str, ...], mark: str) -> Sight:
    pages = dict(zip(urls, await acting.look_all(party, urls), strict=True))
    seen = frozenset(pair for url, page in pages.items() for pair in _values(url, page))
    shown_at = frozenset(url for url, page in pages.items() if page is not None and shows(page, mark))
    whole = all(page is not None and not page.answer.exchange.is_not_now for page in pages.values())
    data = {url: page.data for url, page in pages.items() if page is not None and page.data is not None}
    return Sight(urls, seen, seen, shown_at, whole, data)


def _values(url: str, page: Page | None) -> set[tuple[str, bytes]]:
    if page is None or page.status >= 400:
        return set()
    found = {(url, piece) for piece in pieces(page.answer)}
    for form in page.forms:
        for each in form.fields:
            if each.name and each.sent and not is_token(each) and each.value:
                found.add((f"{url} {form.action}", f"{each.name}: {each.value}".encode()))
    return found


def _at(values: Values, urls: Collection[str]) -> Values:
    return frozenset(each for each in values if each[0].partition(" ")[0] in urls)


def _words(found: Effect) -> set[tuple[bool, bytes]]:
    """Values by whether they came or went; those with digits may belong to one record alone, where there are others."""
    every = {(True, value) for _, value in found.came} | {(False, value) for _, value in found.went}
    return {each for each in every if _is_plain(each)} or every


def _is_plain(word: tuple[bool, bytes]) -> bool:
    return not any(48 <= byte <= 57 for byte in word[1])
