"""The values in what a page's scripts sent, and the same body with others: JSON, forms, multipart. Pure; raw."""

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from launchready.wire.observed import Told


def json_of(body: bytes) -> Any:
    """The body as JSON; None where it is none."""
    try:
        return json.loads(body) if body.lstrip()[:1] in (b"{", b"[") else None
    except (ValueError, RecursionError):
        return None


def _kind(request: Told) -> str:
    named = {key.lower(): value for key, value in request.headers.items()}
    return named.get("content-type", "").partition(";")[0].strip().lower()


def values_of(request: Told) -> tuple[str, ...]:
    """All texts that a request's body holds as values."""
    text = request.sent.decode("utf-8", "replace")
    data = json_of(request.sent)
    if data is not None:
        return tuple(_leaves(data))
    if _kind(request) == "multipart/form-data":
        return tuple(
            part.partition("\r\n\r\n")[2].removesuffix("\r\n")
            for part in text.split("--" + _boundary(request))
        )
    return tuple(value for _, value in parse_qsl(text, keep_blank_values=True))


def _boundary(request: Told) -> str:
    named = {key.lower(): value for key, value in request.headers.items()}
    return named.get("content-type", "").partition("boundary=")[2].strip('"')


def _leaves(data: Any) -> Iterable[str]:
    if isinstance(data, dict):
        for value in data.values():
            yield from _leaves(value)
    elif isinstance(data, list):
        for value in data:
            yield from _leaves(value)
    elif isinstance(data, str):
        yield data


def body_with(request: Told, values: dict[str, str]) -> bytes:
    """The request's body with other values."""
    data = json_of(request.sent)
    if data is not None:
        return json.dumps(_changed(data, values), separators=(",", ":"), ensure_ascii=False).encode()
    text = request.sent.decode("utf-8", "replace")
    if _kind(request) == "multipart/form-data":
        for old, new in values.items():
            text = text.replace(f"\r\n\r\n{old}\r\n", f"\r\n\r\n{new}\r\n")
        return text.encode()
    pairs = parse_qsl(text, keep_blank_values=True)
    return urlencode([(name, values.get(value, value)) for name, value in pairs]).encode("ascii")


def _changed(data: Any, values: dict[str, str]) -> Any:
    if isinstance(data, dict):
        return {key: _changed(value, values) for key, value in data.items()}
    if isinstance(data, list):
        return [_changed(value, values) for value in data]
    return values.get(data, data) if isinstance(data, str) else data
