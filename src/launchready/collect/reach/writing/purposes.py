"""What a form is for, where several have one address: a hidden field says so, by its value or by its name. Pure."""

from collections.abc import Iterable

from launchready.collect.people.forms import Field
from launchready.collect.shape import generalised

_LONGEST_WORD = 30
_ACTIONS = frozenset(("action", "intent", "op", "operation", "command", "cmd", "do", "task", "event"))


def purpose(fields: Iterable[Field], label: str) -> str:
    """What tells a form from others of its address, the same for each record; empty where nothing does.

    Args:
        fields: of the form.
        label: its words, which tell it where a framework made up the name that does.
    """
    hidden = [field for field in fields if field.kind == "hidden"]
    if named := [f"{each.name}={each.value}" for each in hidden if _says_action(each)]:
        return " ".join(named)
    return label[:_LONGEST_WORD].strip() if any(map(_is_made_up, hidden)) else ""


def is_word(text: str) -> bool:
    """Whether a value says something, and is no id."""
    return generalised(text) == text and len(text) < _LONGEST_WORD


def _says_action(field: Field) -> bool:
    """`intent=delete`: so in Remix, and in much that is written by hand."""
    named = field.name.lower().strip("_") in _ACTIONS
    return named and field.value[:1].isalpha() and is_word(field.value) and ":" not in field.value


def _is_made_up(field: Field) -> bool:
    """Whether a field has no value and a number or a hash in its name: Next.js names the server action of a form so."""
    return not field.value and generalised(field.name) != field.name
