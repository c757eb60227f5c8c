"""What is filled in: the marker where people write text, something valid everywhere else. Pure; raw."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from launchready.collect.people.forms import Field, encode
from launchready.collect.reach.writing.operations import Operation

_DATES = {
    "date": "2031-05-17",
    "datetime-local": "2031-05-17T10:30",
    "time": "10:30",
    "month": "2031-05",
    "week": "2031-W20",
    "color": "#336699",
    "url": "https://portal.example/",
    "range": "1",
}
ID_NAMES = re.compile(r"(?:^|[_\-.])(?:ids?|uuids?|keys?|refs?|no|numbers?)(?:\[\])?$|Ids?$")
"""Names of fields that say which record is meant."""
_SLOT = re.compile(r"\{[^{}/]*\}")
_WORD = re.compile(r"[^\W\d]+(?:[_-][^\W\d]+)?")
_FEW = 8
_EMAIL = re.compile(r"e-?mail", re.IGNORECASE)
NOBODY = "canary.invalid"
"""A domain that RFC 2606 keeps from ever existing: what is sent there reaches nobody."""
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Filled:
    """One operation, ready to be sent by anybody: tokens are put in by whoever sends it.

    Attributes:
        operation: it.
        url: with its open slots filled.
        values: of the fields of a form, by name.
        body: of JSON; None for a form.
        marked: whether the marker went into it.
    """

    operation: Operation
    url: str
    values: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    marked: bool = False

    def asking(self, extra: Mapping[str, str]) -> "Filled":
        """The same with further parameters in its address."""
        return replace(self, url=f"{self.url}{'&' if '?' in self.url else '?'}{urlencode(extra)}")

    def plus(self, extra: Mapping[str, Any]) -> "Filled":
        """The same with further fields, or other values."""
        if self.body is not None or self.operation.carries == "json":
            body = {**(self.body if isinstance(self.body, dict) else {}), **extra}
            return replace(self, body=body)
        return replace(
            self, values={**self.values, **{name: _as_text(value) for name, value in extra.items()}}
        )


def choices(
    operations: Iterable[Operation], records: Iterable[Mapping[str, Any]]
) -> dict[str, tuple[str, ...]]:
    """Valid values by name of a field: what lists and buttons offer, and words that many records share."""
    found: dict[str, dict[str, None]] = {}
    for each in operations:
        for one in each.fields:
            if one.kind in ("select", "radio") and one.name:
                values = [value for value, _ in one.options if value] or [one.value]
                found.setdefault(one.name, {}).update(dict.fromkeys(values))
        if each.form is not None and each.form.button[0] and each.form.button[1]:
            found.setdefault(each.form.button[0], {})[each.form.button[1]] = None
    seen: dict[str, Counter[str]] = {}
    for record in {str(each.get("id", each)): each for each in records}.values():
        for key, value in record.items():
            if isinstance(value, str):
                seen.setdefault(key, Counter())[value] += 1
    for key, counted in seen.items():
        words = all(map(_WORD.fullmatch, counted))
        if words and len(counted) <= _FEW and counted.total() >= 2 * len(counted):
            found.setdefault(key, {}).update(dict.fromkeys(sorted(counted)))
    return {name: tuple(values) for name, values in found.items()}


@dataclass(frozen=True, slots=True)
class Filler:
    """What is known of valid values.

    Attributes:
        choices: by name of a field, the values that forms offer for it, or that records hold of a short list.
        tenants: by name of a field, the value that stands for a test tenant there.
        tenant_names: of the test tenants as declared, in lower case: what a list of clients calls them.
    """

    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tenants: Mapping[str, str] = field(default_factory=dict)
    tenant_names: frozenset[str] = frozenset()

    def fill(
        self,
        operation: Operation,
        text: str,
        *,
        keep: bool = False,
        once: bool = False,
        present: Mapping[str, Any] | None = None,
    ) -> Filled:
        """An operation with a text of ours where people write, and something valid in the rest.

        Args:
            operation: it.
            text: unique to this write.
            once: the text goes into the first line of a form only, and a one into the others: they may want a number.
            keep: it changes a record: addresses and the like stay, and where no text can go another choice is made.
            present: values of the record, by name.
        """
        if operation.carries == "json":
            body, marked = self._json(operation.body, text, present or {})
            return Filled(operation, operation.url, body=body, marked=marked)
        values: dict[str, str] = {}
        marked = False
        for each in operation.fields:
            if each.name and each.kind != "hidden":
                value, is_text = self._value(each, text, keep=keep)
                if once and marked and is_text and each.kind == "text":
                    value, is_text = "1", False
                marked |= is_text
                if value is not None:
                    values[each.name] = value
        if keep and not marked:
            values |= _another(operation.fields)
        return Filled(operation, operation.url, values=values, marked=marked)

    def _value(self, each: Field, text: str, *, keep: bool) -> tuple[str | None, bool]:
        """What goes into one field of a form (None: it is left as it is), and whether that is the text."""
        if each.kind == "file":
            return text, True
        if each.kind == "select":
            return self._option(each), False
        if each.kind in ("checkbox", "radio"):
            return (each.value if each.kind == "radio" else None), False
        if each.name in self.tenants and not each.value:
            return self.tenants[each.name], False
        if each.kind == "email" or is_email(each.name):
            return (each.value if keep or each.value else f"{text}@{NOBODY}"), False
        if each.kind in _DATES:
            return (each.value or _DATES[each.kind]), False
        if each.numeric or each.kind in ("number", "tel"):
            return (each.value or "1"), False
        if not each.shown:
            return None, False  # a trap for robots
        if (each.most and each.most < len(text)) or (keep and _ISO_DATE.fullmatch(each.value)):
            return (each.value or "x"), False
        return text, True

    def _option(self, each: Field) -> str | None:
        """The option of a list: a test tenant before all others, else what stands there already."""
        for value, words in each.options:
            if value and any(name in words.casefold() for name in self.tenant_names):
                return value
        return (
            (each.value or next((value for value, _ in each.options if value), "")) if each.options else None
        )

    def _json(self, body: Any, text: str, present: Mapping[str, Any]) -> tuple[Any, bool]:
        """A JSON body with the text in its texts."""
        marked = False

        def walk(name: str, value: Any) -> Any:
            nonlocal marked
            if isinstance(value, dict):
                return {key: walk(str(key), each) for key, each in value.items()}
            if isinstance(value, list):
                return [walk(name, each) for each in value]
            if not isinstance(value, str):
                return value
            if name in self.tenants:
                return as_id(self.tenants[name])
            if others := [each for each in self.choices.get(name, ()) if each != present.get(name)]:
                return others[0]
            if is_email(name):
                return f"{text}@{NOBODY}"
            if not is_free(name, value):
                return value
            marked = True
            return text

        if isinstance(body, dict) and isinstance(
            body.get("query"), str
        ):  # GraphQL: the text of the query stays
            return {**body, "variables": walk("variables", body.get("variables") or {})}, marked
        return walk("", body), marked


def _another(fields: tuple[Field, ...]) -> dict[str, str]:
    """Another choice than the present one, of the first field that has one."""
    for each in fields:
        if each.kind == "select" and each.name:
            others = [value for value, _ in each.options if value and value != each.value]
            if others:
                return {each.name: others[0]}
        if (each.numeric or each.kind in ("number", "range")) and each.name and each.shown:
            value = each.value
            return {each.name: str(int(value) + 7) if value.isascii() and value.isdigit() else "7"}
    return {}


def takes_text(operation: Operation) -> bool:
    """Whether a text of ours can go into it."""
    return Filler().fill(operation, "marker-text").marked


def encoded(ready: Filled, tokens: Mapping[str, str], file: str) -> tuple[str, bytes]:
    """Content type and body, with whose tokens it is to be sent; a file field gets a small file of that name."""
    operation = ready.operation
    if operation.carries == "json" or operation.form is None:
        body = ready.body
        return ("application/json", json.dumps(body).encode()) if body is not None else ("", b"")
    form = operation.form
    pairs = [
        (name, tokens.get(name, value))
        for name, value in form.filled(ready.values)
        if not any(each.name == name and each.kind == "file" for each in form.fields)
    ]
    known = {name for name, _ in pairs}
    pairs += [(name, value) for name, value in ready.values.items() if name not in known and name]
    pairs += [(name, value) for name, value in tokens.items() if name not in known | set(ready.values)]
    files = [each.name for each in form.fields if each.kind == "file"]
    pairs = [(name, value) for name, value in pairs if name not in files]
    if not files:
        return encode(form, pairs)
    kind, body = encode(replace(form, enctype="multipart/form-data"), pairs)
    boundary = kind.partition("boundary=")[2]
    parts = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}.txt"\r\n'
        f"Content-Type: text/plain\r\n\r\n{file}\r\n"
        for name in files
    )
    end = f"--{boundary}--\r\n".encode()
    return kind, body.removesuffix(end) + parts.encode() + end


def is_free(name: str, value: str) -> bool:
    """Whether people write what they like there, as far as the example tells: no id, date, address or code."""
    if (
        _SLOT.fullmatch(value)
        or ID_NAMES.search(name)
        or _ISO_DATE.match(value)
        or "://" in value
        or "@" in value
    ):
        return False
    return not (value.isupper() and len(value) > 1)


def is_email(name: str) -> bool:
    """Whether a field of this name holds an e-mail address."""
    return bool(_EMAIL.search(name))


def as_id(value: str) -> Any:
    """A number where it is one."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 16 else value


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
