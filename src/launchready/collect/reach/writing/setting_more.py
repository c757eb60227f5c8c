"""Mass assignment on a record of ours: its owner sets what it must not, by an update and when making one. Raw."""

from dataclasses import dataclass
from typing import Any

from launchready.collect.people.pages import Page
from launchready.collect.reach.writing.acting import Acting
from launchready.collect.reach.writing.canaries import Canaries
from launchready.collect.reach.writing.canary import Canary, shows
from launchready.collect.reach.writing.extra_fields import is_decided, read_back, same, wanted
from launchready.collect.reach.writing.filling import Filled
from launchready.collect.reach.writing.never import is_token
from launchready.collect.reach.writing.objects import objects_in
from launchready.collect.reach.writing.operations import Operation
from launchready.collect.reach.writing.ranks import Ranks

_MOST_LOOKS = 3
_UPDATES = ("PATCH", "PUT", "POST")


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What was shown of a record.

    Attributes:
        mark: of the record.
        pages: of its owner and somebody above; None where nothing was answered.
        owners: how many of them are its owner's.
    """

    mark: str
    pages: tuple[Page | None, ...]
    owners: int

    def has(self, values: dict[str, Any]) -> tuple[str, ...]:
        """Names of those that it has."""
        return read_back(self.pages, self.mark, values)

    def took(self, found: tuple[str, ...]) -> bool | None:
        """Whether anything was taken; what was not answered may show it all the same."""
        whole = all(page is not None and not page.answer.exchange.is_not_now for page in self.pages)
        return bool(found) or (False if whole else None)

    @property
    def shows_it(self) -> bool:
        """Whether its owner was shown the record at all."""
        return any(page is not None and shows(page, self.mark) for page in self.pages[: self.owners])


@dataclass(frozen=True, slots=True)
class SettingMore:
    """What could be added to the writes of one owner.

    Attributes:
        settable: fields that operations changed which the owner is offered.
        others: by name of a field that says whose a record is, the value that stands for somebody else.
    """

    acting: Acting
    canaries: Canaries
    ranks: Ranks
    settable: frozenset[str] = frozenset()
    others: dict[str, Any] | None = None

    def fields(self, canary: Canary, *, making: bool = False) -> dict[str, Any]:
        """What its owner must not set, with the values to try; `making`: in the write that makes it.

        When a record is made, what is decided about it later is not to be set, whoever may decide it.
        """
        mine = [each for each in canary.operations if each.party in (canary.owner, "")]
        theirs = [each for each in canary.operations if each.party not in (canary.owner, "")]
        offered = {name for each in (*mine, canary.creation) for name in each.names}
        offered |= {each.form.button[0] for each in mine if each.form and each.form.button[0]}
        above = {
            f.name: f
            for each in theirs
            for f in each.fields
            if f.name and not is_token(f) and f.name not in offered
        }
        record = {**{name: field.value for name, field in above.items()}, **canary.record}
        choices = dict(self.canaries.filler_of(canary.owner).choices)
        choices |= {n: tuple(v for v, _ in f.options if v) for n, f in above.items() if f.options}
        settable = self.settable
        if making:
            settable = frozenset(name for name in settable if not is_decided(name))
            offered = {name for name in offered if not is_decided(name) or name in canary.creation.names}
        found = wanted(record, offered, above, choices, settable)
        return {name: value for name, value in found.items() if name not in (self.others or {})}

    def moving(self, canary: Canary, operation: Operation) -> dict[str, Any]:
        """What would make it somebody else's, if an operation took it that has no such field."""
        others = self.others or {}
        return {n: v for n, v in others.items() if n in canary.record and n not in operation.names}

    def updates(self, canary: Canary) -> list[Operation]:
        """Operations by which its owner changes what stands in it: those that take a text of ours and do not add to it."""
        mine = [
            each for each in canary.operations if each.party in (canary.owner, "") and each.method in _UPDATES
        ]
        found = []
        for each in mine:
            replaces = each.method in ("PATCH", "PUT") or any(
                f.shown and f.value and canary.mark in f.value for f in each.fields
            )
            if replaces and each.names:
                found.append(each)
        return found

    async def look(self, canary: Canary) -> "ReadBack":
        """What its owner and somebody above are shown of it now."""
        lists = tuple(each for each in canary.as_data if each in canary.lists) or tuple(canary.lists)
        urls = dict.fromkeys((*tuple(canary.own)[:_MOST_LOOKS], *lists[:1]))
        pages = list(await self.acting.look_all(canary.owner, tuple(urls)))
        for name in self.ranks.above(canary.owner)[:1]:
            pages += await self.acting.look_all(name, tuple(canary.own)[:_MOST_LOOKS])
        return ReadBack(canary.mark, tuple(pages), len(urls))

    async def filled(self, canary: Canary, operation: Operation) -> Filled:
        """An update as its owner would send it."""
        filler = self.canaries.filler_of(canary.owner)
        return filler.fill(operation, canary.text(), keep=True, present=canary.record)


def keys_changed(before: Any, after: Any, mark: str) -> frozenset[str]:
    """Names of the fields of a record that two JSON answers show with unlike values."""
    one, two = _record(before, mark), _record(after, mark)
    return frozenset(name for name in one if name in two and not same(one[name], two[name]))


def _record(data: Any, mark: str) -> dict[str, Any]:
    for each in objects_in(data):
        if any(isinstance(value, str) and mark in value for value in each.values()):
            return each
    return {}
