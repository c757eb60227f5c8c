"""Which operations make records, whose they are tried as, and whether there is a way back. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from launchready.collect.reach.writing.filling import takes_text
from launchready.collect.reach.writing.learning import Learned, nouns
from launchready.collect.reach.writing.never import removes, why_never
from launchready.collect.reach.writing.operations import Operation
from launchready.collect.reach.writing.ranks import Ranks
from launchready.evidence.access import ANONYMOUS

_DEFAULT = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[T ][\d:.]+)?|\d{1,2}:\d{2}|0+(?:[.,]0+)?|1")
"""What forms for new records are filled with: a date, a time, nothing or one."""
_TYPED = frozenset(("text", "textarea", "search", "url", "number"))


@dataclass(frozen=True, slots=True)
class Creation:
    """An operation that makes a record, and who makes it.

    Attributes:
        operations: as each party is offered it, by name.
        owners: test identities that may make one, in the order in which they are asked to; those who are bound to a tenant
            come first where there is a choice.
        offered: whom pages offer it, or whom a document means; empty where it says nothing.
        why_not: why no record is made through it; empty when one may be.
        never: it is not tried by anybody, whatever ways back there are.
    """

    operations: Mapping[str, Operation]
    owners: tuple[str, ...]
    offered: frozenset[str]
    why_not: str = ""
    never: bool = False

    @property
    def name(self) -> str:
        """Its template."""
        return next(iter(self.operations.values())).template()

    @property
    def from_page(self) -> bool:
        """Whether a control in a page offers it."""
        return next(iter(self.operations.values())).from_page

    def of(self, party: str) -> Operation:
        """As this party is offered it, else as anybody is."""
        return self.operations.get(party) or next(iter(self.operations.values()))


def creations(
    learned: Learned, ranks: Ranks, own_scope: Mapping[str, frozenset[str]], *, leave: bool
) -> list[Creation]:
    """All operations that may make a record, those of pages first, one for each address and method.

    Args:
        learned: what is offered.
        ranks: of the parties.
        own_scope: by party, addresses of test tenants: something may be made below them.
        leave: records may be left where there is no way to remove them.
    """
    by_template: dict[str, list[Operation]] = {}
    for each in learned.operations:
        if each.method in ("POST", "PUT") and not _is_filled_in(each) and takes_text(each):
            by_template.setdefault(each.template(learned.ids()), []).append(each)
    found: list[Creation] = []
    for name, offers in by_template.items():
        if any(each.party == ANONYMOUS for each in offers):
            continue  # strangers are offered it too
        if "{}" in name:  # it adds something to a record, and that is hardly one of ours
            offers = [o for o in offers if any(o.url.startswith(p) for p in own_scope.get(o.party, ()))]  # noqa: PLW2901
        named = {each.party for each in offers} - {""}
        meant = {who for each in offers if not each.party for who in ranks.meant(each.label, each.url)}
        owners = _owners(ranks, named or meant)
        if not offers or not owners:
            continue
        why = why_never(offers[0])
        never = bool(why)
        if not why and not leave and not _way_back(offers[0], learned, ranks):
            why = "no operation is known that would remove what it makes"
        found.append(
            Creation({o.party: o for o in reversed(offers)}, owners, frozenset(named or meant), why, never)
        )
    return sorted(found, key=lambda each: (not each.from_page, each.name))


def _owners(ranks: Ranks, offered: set[str]) -> tuple[str, ...]:
    fitting = [each for each in ranks.parties if each.test and (not offered or each.name in offered)]
    ordered = sorted(fitting, key=lambda e: (not ranks.others(e.name), e.admin, not e.tenant, e.name))
    unlike: dict[tuple[object, ...], str] = {}
    for each in ordered:
        unlike.setdefault((each.role, each.admin, bool(each.tenant)), each.name)
    return tuple(unlike.values())


def _way_back(creation: Operation, learned: Learned, ranks: Ranks) -> bool:
    about = nouns(creation)
    tests = {each.name for each in ranks.parties if each.test} | {""}
    return any(
        each.party in tests and removes(each) >= 2 and about & nouns(each) and not why_never(each)
        for each in learned.operations
    )


def _is_filled_in(operation: Operation) -> bool:
    """Whether it shows what is there already: it changes something and makes nothing. Today's date is no such thing."""
    return any(
        each.shown
        and each.kind in _TYPED
        and each.value.strip()
        and not _DEFAULT.fullmatch(each.value.strip())
        for each in operation.fields
    )


def owner_keys(records: Mapping[str, Iterable[Mapping[str, Any]]]) -> dict[str, dict[str, Any]]:
    """Fields that hold one value in all records of one party and another one in those of each other: whose they are.

    Args:
        records: JSON objects that each party was shown in lists, by party.

    Returns:
        By party, the value for each such field.
    """
    values: dict[str, dict[str, set[Any]]] = {}
    about: dict[tuple[str, str], set[str]] = {}
    for party, listed in records.items():
        for record in listed:
            for key, value in record.items():
                if isinstance(value, str | int) and not isinstance(value, bool) and value != "":
                    values.setdefault(key, {}).setdefault(party, set()).add(value)
                    about.setdefault((key, party), set()).add(str(record.get("id", record.get("uuid"))))
    found: dict[str, dict[str, Any]] = {}
    for key, by_party in values.items():
        single = {party: next(iter(each)) for party, each in by_party.items() if len(each) == 1}
        several = all(
            len(about[key, party]) > 1 for party in by_party
        )  # a profile alone says who somebody is
        if (
            several
            and len(single) > 1
            and len(single) == len(by_party)
            and len(set(single.values())) == len(single)
        ):
            for party, value in single.items():
                found.setdefault(party, {})[key] = value
    return found
