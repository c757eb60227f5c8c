"""Writes that name several records in one call: made to name one of ours, and one's own before another's. Pure; raw."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from launchready.collect.reach.writing.canary import Canary
from launchready.collect.reach.writing.filling import as_id
from launchready.collect.reach.writing.learning import nouns, stem
from launchready.collect.reach.writing.operations import Operation
from launchready.collect.shape import generalised

if TYPE_CHECKING:
    from launchready.collect.people.forms import Field

_LONG = 8
"""So long an id names nothing else."""


def for_record(operation: Operation, canary: Canary) -> Operation | None:
    """A form with a box for each record of a list, with the box of this record alone; None where it has none."""
    for box in operation.fields:
        about = {stem(box.name.rstrip("[]").removesuffix("s").removesuffix("_id"))} | nouns(operation)
        if box.kind != "checkbox" or box.value not in canary.ids:
            continue
        if operation.form is None or not (len(box.value) >= _LONG or canary.nouns & about):
            continue
        ticked = replace(box, kind="hidden", sent=True, shown=False)

        def alone(fields: "tuple[Field, ...]", ticked: "Field" = ticked) -> "tuple[Field, ...]":
            return (*(each for each in fields if each.name != ticked.name), ticked)

        form = replace(operation.form, fields=alone(operation.form.fields))
        return replace(operation, fields=alone(operation.fields), form=form, several=box.name)
    return None


def has_boxes(operation: Operation) -> bool:
    """Whether a form has boxes to choose records by: one name with several values, or with what looks like an id."""
    boxes: dict[str, set[str]] = {}
    for each in operation.fields:
        if each.kind == "checkbox" and each.name:
            boxes.setdefault(each.name, set()).add(each.value)
    return any(
        len(values) > 1 or any(generalised(value) != value for value in values) for values in boxes.values()
    )


def with_own(operation: Operation, own: str, other: str) -> Operation:
    """The same naming a record of whoever sends it first, and then the one that it names already."""

    def both(fields: "tuple[Field, ...]") -> "tuple[Field, ...]":
        found: list[Field] = []
        for each in fields:
            if each.name == operation.several and each.value == other:
                found.append(replace(each, value=own))
            found.append(each)
        return tuple(found)

    def inside(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: inside(each) for key, each in value.items()}
        if isinstance(value, list):
            named = any(str(each) == other for each in value)
            first = [as_id(own) if any(isinstance(each, int) for each in value) else own]
            return [*(first if named else ()), *value]
        return value

    form = operation.form and replace(operation.form, fields=both(operation.form.fields))
    return replace(operation, fields=both(operation.fields), form=form, body=inside(operation.body))


def named_by(operation: Operation) -> set[str]:
    """All that stands in the fields of an operation."""
    found = {each.value for each in operation.fields}
    stack = [operation.body]
    while stack:
        each = stack.pop()
        if isinstance(each, dict | list):
            stack.extend(each.values() if isinstance(each, dict) else each)
        else:
            found.add(str(each))
    return found
