"""What a list names: its records, and which of that belongs to the row of one of them. Pure; raw."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from launchready.collect.people.pages import Page
from launchready.collect.reach.writing.beside import nearness
from launchready.collect.reach.writing.canary import KEYS, ids_in
from launchready.collect.reach.writing.objects import objects_in


@dataclass(frozen=True, slots=True)
class Row:
    """What a list holds of a record that has just been made.

    Attributes:
        urls: addresses that were not known before, of links and controls.
        ids: what names the record in them; more than one where it cannot be told which of them does.
        names: all addresses that stand as near to it.
    """

    urls: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


def row_of(page: Page, mark: str, before: frozenset[str]) -> Row:
    """The row of the record that holds the mark.

    Where all that is new names one record, that is it. Where lists show other records each time, it is the one whose
    links or controls stand nearest to the mark.
    """
    near = nearness(page, mark)
    new = {url: depth for url, depth in near.items() if url not in before}
    if not new:
        return Row()
    ids = {url: frozenset(ids_in(url, before)) for url in new}
    named = frozenset().union(*ids.values())
    if len(named) > 1:
        deepest = max(new.values())
        named = frozenset().union(*(ids[url] for url in new if new[url] == deepest))
        new = {url: depth for url, depth in new.items() if depth == deepest or ids[url] & named}
    least = min(new.values())
    return Row(frozenset(new), named, frozenset(url for url, depth in near.items() if depth >= least))


def named_in(page: Page) -> frozenset[str]:
    """All addresses that a page names, and what names the objects of JSON."""
    found = {link.url for link in page.links} | {form.action for form in page.forms}
    return frozenset(found) | names_of(objects_in(page.data))


def names_of(records: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """What names each of these objects."""
    named = (
        next(((key, each[key]) for key in KEYS if isinstance(each.get(key), str | int)), None)
        for each in records
    )
    return frozenset(f"{each[0]}={each[1]}" for each in named if each is not None)
