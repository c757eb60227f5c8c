"""The open places of a call, `{name}` in its address, its headers or its body: which there are, and filling them. Pure."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from launchready.collect.people.slots import slot_in, slots_in
from launchready.collect.reach.call import Call

Value = str | int


def open_slots(call: Call) -> tuple[str, ...]:
    """Names of the places that nobody knew a value for, in order, each once; none where the call can be made as it is."""
    found: dict[str, None] = dict.fromkeys(slots_in(call.url))
    found.update(dict.fromkeys(name for _, value in call.headers if (name := slot_in(value))))

    def note(text: str) -> str:
        if name := slot_in(text):
            found[name] = None
        return text

    _body(call, note)
    return tuple(found)


def filled(call: Call, values: Mapping[str, Value]) -> Call:
    """The call with these values in its places: quoted in the address, of their own type in JSON."""
    if not values:
        return call
    url = call.url
    for name, value in values.items():
        url = url.replace("{" + name + "}", quote(str(value), safe=""))
    headers = tuple((name, str(values.get(slot_in(value), value))) for name, value in call.headers)
    return replace(
        call, url=url, headers=headers, body=_body(call, lambda text: values.get(slot_in(text), text))
    )


def content_type(call: Call) -> str:
    """The content type of its body, without parameters, in lower case."""
    given = next((value for name, value in call.headers if name.lower() == "content-type"), "")
    return given.partition(";")[0].strip().lower()


def _body(call: Call, change: Callable[[str], Value]) -> bytes:
    """The body with each of its texts changed."""
    if not call.body or b"{" not in call.body:
        return call.body
    media = content_type(call)
    if media.endswith("json"):
        try:
            data = json.loads(call.body)
        except (ValueError, RecursionError):
            return call.body
        return json.dumps(_changed(data, change)).encode()
    if media == "application/x-www-form-urlencoded":
        pairs = parse_qsl(call.body.decode("utf-8", "replace"), keep_blank_values=True)
        return urlencode([(name, change(value)) for name, value in pairs]).encode()
    return call.body


def _changed(data: Any, change: Callable[[str], Value], depth: int = 0) -> Any:
    if isinstance(data, str):
        return change(data)
    if depth > 100:
        return data
    if isinstance(data, dict):
        # What GraphQL asks stands in braces itself.
        return {k: v if k == "query" else _changed(v, change, depth + 1) for k, v in data.items()}
    if isinstance(data, list):
        return [_changed(each, change, depth + 1) for each in data]
    return data
