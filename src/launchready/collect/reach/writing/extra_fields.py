"""Fields that the owner of a record must not set, added to a write and looked for afterwards. Raw.

Which fields those are, the portal says itself: what only those above are offered to set, what says whose the record
is, and what its own JSON calls a price, a role or a decision, where no operation that the owner is offered sets it.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from launchready.collect.people.pages import Page
from launchready.collect.reach.writing.objects import objects_in

_TELLING = re.compile(
    r"^(?:is_?)?(?:role|roles|admin|administrator|superuser|staff|owner|verified|approved|paid|locked|active|enabled|featured|"
    r"published|internal|status|state|decision|price|amount|total|cents|cost|fee|discount|credit|credits|balance|quota|plan|"
    r"tier|limit|permissions?|scopes?)$|(?:^|_)(?:price|amount|cents|cost|fee|discount|balance|role|owner_?id|user_?id|"
    r"tenant_?id|account_?id|org_?id|organi[sz]ation_?id|approved_?by|verified_?at|paid_?at)$",
    re.IGNORECASE,
)
"""Names that say what people may not decide for themselves; in code they are English nearly everywhere."""
_DECIDED = re.compile(
    r"^(?:is_?)?(?:decision|approved|accepted|verified|confirmed|paid|role|admin|owner)$|_by$", re.IGNORECASE
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_IDS = frozenset(
    "id uuid guid _id key slug number code reference ref created updated created_at updated_at".split()
)


def is_telling(name: str) -> bool:
    """Whether a field of this name is none that everybody sets, as far as its name tells."""
    return bool(_TELLING.search(_CAMEL.sub("_", name)))


def is_decided(name: str) -> bool:
    """Whether a field says what somebody decides about a record, and not what it is about."""
    return bool(_DECIDED.search(_CAMEL.sub("_", name)))


def wanted(
    record: Mapping[str, Any],
    offered: Iterable[str],
    above: Iterable[str],
    choices: Mapping[str, tuple[str, ...]],
    settable: Iterable[str],
) -> dict[str, Any]:
    """Fields of a record to be added to a write of its owner's, each with another value than it has, of the same type.

    Args:
        record: as JSON shows it; fields that only those above are offered stand in it with an empty text, if nothing more
            is known.
        offered: fields that the owner is offered to set.
        above: fields that only those above are.
        choices: values that are valid, by name.
        settable: fields that an operation changed which the owner is offered.
    """
    refused = {*offered, *settable, *_IDS}
    chosen = [name for name in record if name not in refused and (name in set(above) or is_telling(name))]
    found = {name: other_value(record[name], choices.get(name, ())) for name in sorted(chosen)}
    return {name: value for name, value in found.items() if value is not None}


def other_value(present: Any, choices: Iterable[str] = ()) -> Any:
    """Another value of the same type; None where none is known to be valid."""
    if isinstance(present, bool):
        return not present
    if isinstance(present, int):
        return present + 4711
    if isinstance(present, float):
        return present + 47.5
    if isinstance(present, str):
        if present.isascii() and present.isdigit():
            return str(int(present) + 4711)
        return next((each for each in choices if each != present), None)
    return None


def read_back(pages: Iterable[Page | None], mark: str, wanted_values: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the fields that have the wanted value now, in JSON that holds the mark or in a form of a page that does."""
    found: set[str] = set()
    for page in pages:
        if page is None or page.status >= 400 or mark.encode() not in page.answer.body:
            continue
        for record in objects_in(page.data):
            if any(isinstance(value, str) and mark in value for value in record.values()):
                found |= {n for n, v in wanted_values.items() if n in record and same(record[n], v)}
        for form in page.forms:
            found |= {
                f.name
                for f in form.fields
                if f.name in wanted_values and same(f.value, wanted_values[f.name])
            }
    return tuple(sorted(found))


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same, however they are written."""
    return str(one).casefold() == str(other).casefold()
