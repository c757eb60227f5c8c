"""What is wrong with a portal file that is TOML but does not fit, as a line and a sentence for each fault.

A sentence holds the section and key, what was expected, and the nearest valid name. It never repeats a value,
as the value may be a password in the wrong place.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from launchready.site.sections import MisfitError, Section
from launchready.site.toml_positions import Place

_WRONG_TYPE = {
    "string_type": "text in quotes",
    "path_type": "text in quotes",
    "is_instance_of": "text in quotes",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false, without quotes",
    "tuple_type": 'a list in square brackets, such as ["a", "b"]',
    "date_type": "a date without quotes, such as 2030-12-31",
    "model_type": 'a table, such as { key = "value" }',
}
"""What a value of the wrong type should have been, by pydantic's name of the error."""

_WRONG_VALUE = {
    "finite_number": "must be a finite number",
    "int_from_float": "must be a whole number",
    "string_pattern_mismatch": "must be the id of a check, such as https/hsts (see `launchready checks`)",
    "too_short": "must not be empty",
}
"""What is wrong with a value that says too little by its type alone."""

_LIMITS = {
    "greater_than": ("more than", "gt"),
    "greater_than_equal": ("at least", "ge"),
    "less_than": ("less than", "lt"),
    "less_than_equal": ("at most", "le"),
}

_TYPES: tuple[tuple[type, str], ...] = (
    (bool, "true or false"),
    (int, "a whole number"),
    (float, "a number with a fraction"),
    (str, "text"),
    (list, "a list"),
    (dict, "a table"),
    (datetime, "a date with a time"),
    (date, "a date"),
    (time, "a time"),
)
"""What stands in the file instead, most special type first."""


def tell(
    faults: list[ErrorDetails], whole: type[Section], lines: Mapping[Place, int], data: dict[str, Any]
) -> list[tuple[int, str]]:
    """All that is worth telling, in the order of the file.

    Args:
        faults: what pydantic found.
        whole: the class of the whole file.
        lines: where everything stands.
        data: what the file says.
    """
    return sorted({_told(fault, whole, lines, data) for fault in _worth_telling(faults, whole)})


def _told(
    fault: ErrorDetails, whole: type[Section], lines: Mapping[Place, int], data: dict[str, Any]
) -> tuple[int, str]:
    """One fault as its line and sentence."""
    place: Place = fault["loc"]
    kind = fault["type"]
    reason = fault.get("ctx", {}).get("error")
    if isinstance(reason, MisfitError):
        place = (*place, *reason.where)
    line = next((lines[place[:n]] for n in range(len(place), 0, -1) if place[:n] in lines), 1)
    is_section = len(place) == 1 or (len(place) == 2 and isinstance(place[1], int))
    if kind == "extra_forbidden":
        return line, _unknown(place, whole, data)
    if kind == "missing" and is_section:
        return (
            line,
            f"the section [{place[0]}] is missing; write [{place[0]}] on a line of its own, then its keys",
        )
    if kind == "missing":
        return line, f"{_named(place[:-1])} needs {_shown(place[-1])}: {_described(place, whole)}"
    if kind in ("model_type", "tuple_type") and is_section:
        return line, _brackets(str(place[0]), whole)
    return line, f"{_named(place)} {_predicate(fault, reason)}"


def _worth_telling(faults: list[ErrorDetails], whole: type[Section]) -> Iterator[ErrorDetails]:
    """All faults but those that follow from another: a key that is missing as its name is misspelt."""
    misspelt = set()
    for fault in faults:
        if fault["type"] != "extra_forbidden":
            continue
        *above, key = fault["loc"]
        if model := model_at(whole, *above):
            misspelt.add((*above, _nearest(str(key), _keys(model))))
    for fault in faults:
        follows = fault["type"] == "missing" and fault["loc"] in misspelt
        if not follows and fault["type"] != "default_factory_not_called":
            yield fault


def _predicate(fault: ErrorDetails, reason: Exception | None) -> str:
    """What is wrong with the value, as the rest of a sentence that begins with the key."""
    kind, context = fault["type"], fault.get("ctx", {})
    if reason is not None:
        return str(reason)
    if kind in _WRONG_TYPE:
        return f"must be {_WRONG_TYPE[kind]}, not {_type_of(fault['input'])}"
    if kind in _LIMITS:
        words, name = _LIMITS[kind]
        return f"must be {words} {context[name]:,}"
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", context["expected"])
        near = _nearest(str(fault["input"]), allowed)
        hint = f'; did you mean "{near}"?' if near else ""
        return "must be one of " + ", ".join(f'"{word}"' for word in allowed) + hint
    otherwise = f"is not valid: {fault['msg'][:1].lower()}{fault['msg'][1:]}"
    return _WRONG_VALUE.get(kind, otherwise)


def _unknown(place: Place, whole: type[Section], data: dict[str, Any]) -> str:
    """A key or section that does not exist, and what was probably meant."""
    *above, key = place
    known = dict(_tables(whole))
    if not above:
        value = data.get(str(key))
        tables = value if isinstance(value, list) and value else [value]
        if isinstance(tables[0], dict):
            near = _nearest(str(key), known)
            hint = f"did you mean {_header(near, whole)}?" if near else "the sections are " + ", ".join(known)
            return f"there is no section [{_plain(key)}]; {hint}"
        home = _home(str(key), known)
        return f"{_shown(key)} stands outside any section" + (f"; did you mean {home}?" if home else "")
    model = model_at(whole, *above)
    keys = _keys(model) if model else []
    near, home = _nearest(str(key), keys), _home(str(key), known, exact=True)
    meant = f"`{near}`" if near else home
    hint = f"did you mean {meant}?" if meant else "its keys are " + ", ".join(keys)
    return f"{_named(tuple(above))} has no key {_shown(key)}; {hint}"


def _home(key: str, known: Mapping[str, type[BaseModel]], *, exact: bool = False) -> str:
    """The key with the section it belongs to, where there is one such section, or [portal] is among them."""
    homes = [(name, key) for name, model in known.items() if key in _keys(model)]
    if not homes and not exact:
        pairs = [(name, _nearest(key, _keys(model))) for name, model in known.items()]
        homes = [(name, near) for name, near in pairs if near]
    best = [home for home in homes if home[0] == "portal"] or homes
    return f"`{best[0][1]}` in [{best[0][0]}]" if len(best) == 1 else ""


def _brackets(section: str, whole: type[BaseModel]) -> str:
    """A section written with the wrong brackets, or as a plain value."""
    if _several(section, whole):
        return f"[[{section}]] needs double brackets, as there may be several, and stands above its keys"
    return f"[{section}] must be a single section, in single brackets, and stands above its keys"


def _several(section: str, whole: type[BaseModel]) -> bool:
    """Whether a section may stand in the file more than once."""
    return any(
        (f.alias or n) == section and "tuple" in str(f.annotation) for n, f in whole.model_fields.items()
    )


def _header(section: str, whole: type[BaseModel]) -> str:
    """The section's name as the file writes it."""
    return f"[[{section}]]" if _several(section, whole) else f"[{section}]"


def _named(place: Place) -> str:
    """A place in words: ("portal", "hosts", 1) is "[portal] `hosts`, entry 2"."""
    section, *rest = place
    several = bool(rest) and isinstance(rest[0], int)
    words = f"[[{section}]]" if several else f"[{section}]"
    for key in rest[several:]:
        words += f", entry {key + 1}" if isinstance(key, int) else f" {_shown(key)}"
    return words


def _shown(key: str | int) -> str:
    return f"`{_plain(key)}`"


def _plain(key: str | int) -> str:
    """A name as it can stand in a sentence, whatever somebody put in quotes as a key."""
    name = str(key)
    name = name if name.isprintable() else ascii(name)[1:-1]
    return name if len(name) <= 60 else name[:59] + "…"


def _described(place: Place, whole: type[Section]) -> str:
    """What a key that is missing would say."""
    model = model_at(whole, *place[:-1])
    found = [f for n, f in model.model_fields.items() if (f.alias or n) == place[-1]] if model else []
    said = (found[0].description if found and found[0].description else "").rstrip(".")
    example = next(iter(found[0].examples or ()), None) if found else None
    shown = "" if example is None or isinstance(example, list) else f", such as {_toml(example)}"
    return said[:1].lower() + said[1:] + shown


def _toml(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _type_of(value: Any) -> str:
    return next((words for kind, words in _TYPES if isinstance(value, kind)), "something else")


def _nearest(name: str, known: Any) -> str:
    """The known name that was probably meant; empty where none is near."""
    return next(iter(get_close_matches(name.lower(), list(known), 1, 0.6)), "")


def _keys(model: type[BaseModel]) -> list[str]:
    """The keys of a table as the file writes them."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _tables(whole: type[BaseModel]) -> Iterator[tuple[str, type[BaseModel]]]:
    """Every section with its class."""
    for key in _keys(whole):
        model = model_at(whole, key)
        if model:
            yield key, model


def model_at(whole: type[BaseModel], *place: str | int) -> type[BaseModel] | None:
    """The class of the table at this place; None where there is no such table."""
    model: type[BaseModel] | None = whole
    for key in place:
        if model is None or isinstance(key, int):
            continue
        field = next((f for n, f in model.model_fields.items() if key == (f.alias or n)), None)
        model = _model_in(field.annotation) if field else None
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model in a type such as `tuple[Identity, ...]`."""
    if isinstance(annotation, type) and not hasattr(annotation, "__args__"):
        return annotation if issubclass(annotation, BaseModel) else None
    return next(filter(None, map(_model_in, getattr(annotation, "__args__", ()))), None)
