"""Addresses that stand in scripts and in JSON, and what can be told of how they are asked there. Pure."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from launchready.collect.addresses import resolve
from launchready.collect.wording import label_says

MOST = 20_000
"""Values of one answer that are looked at."""

_CALL_BEFORE = re.compile(
    r"(?:\.|\b)(?:post|put|patch|delete|del|destroy|sendBeacon)\s*(?:<[^<>()]{0,80}>)?\s*\(\s*$",
    re.IGNORECASE,
)
_METHOD_AFTER = re.compile(
    r"^[^;]{0,200}?\b(?:method|type|verb)\s*[\"']?\s*[:=,]\s*[\"'`](?:post|put|patch|delete)\b", re.IGNORECASE
)
_METHOD_BEFORE = re.compile(
    r"\b(?:method|type)\s*[\"']?\s*:\s*[\"'`](?:post|put|patch|delete)\b[^;{}]{0,80}$", re.IGNORECASE
)
_VERB_BEFORE = re.compile(r"[\"'`](?:post|put|patch|delete)[\"'`]\s*,\s*(?:url\s*:\s*)?$", re.IGNORECASE)
_PATH = re.compile(r"""["'`](/[A-Za-z][\w\-.]*(?:/[\w\-.]+)*/?)(?:\?[^"'`\s]*)?["'`]""")
_API = re.compile(r"/(?:[\w\-]+/)*(?:api|rest|backend|services?|v\d{1,2})/?")
_RECORDS = 3
"""Records of one list that are looked for."""
_KEYS = ("id", "uuid", "guid", "_id", "key", "slug", "number", "code")
_KEY = re.compile(r"[\w\-.]{1,80}")
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|_")


@dataclass(slots=True)
class Named:
    """What one script or one answer in JSON names.

    Attributes:
        reads: addresses that may well be read.
        sends: addresses that something is sent to.
        acts: addresses under a key that says that they act, and what it says.
        guesses: addresses that stand nowhere, where records of a list may be.
    """

    reads: dict[str, None] = field(default_factory=dict)
    sends: dict[str, None] = field(default_factory=dict)
    acts: dict[str, str] = field(default_factory=dict)
    guesses: dict[str, None] = field(default_factory=dict)


def scripted(text: str, url: str) -> Named:
    """Paths that are whole string literals in a script, by what is called with them."""
    found = Named()
    for match in _PATH.finditer(text):
        before, after = (
            text[max(0, match.start() - 120) : match.start()],
            text[match.end() : match.end() + 220],
        )
        sends = _CALL_BEFORE.search(before) or _VERB_BEFORE.search(before) or _METHOD_BEFORE.search(before)
        kind = found.sends if sends or _METHOD_AFTER.search(after) else found.reads
        if len(kind) < MOST:
            kind[resolve(url, match[1])] = None
    return found


def stated(body: bytes, url: str) -> Named:
    """Addresses that are whole values in JSON, by their keys; and where the records of a list may be."""
    found = Named()
    try:
        state = json.loads(body)
    except (ValueError, RecursionError):
        return found
    found.guesses.update(dict.fromkeys(_records(state, url)))
    stack: list[tuple[str, Any]] = [("", state)]
    looked = 0
    while stack and looked < MOST:
        key, value = stack.pop()
        looked += 1
        if isinstance(value, dict):
            stack.extend(reversed([(str(name), each) for name, each in value.items()]))
        elif isinstance(value, list):
            stack.extend(reversed([(key, each) for each in value]))
        elif isinstance(value, str) and value.startswith(("/", "https://")) and not value.startswith("//"):
            target = resolve(url, value) if " " not in value and len(value) > 1 else ""
            if target and (said := label_says(_HUMPS.sub(" ", key), target, pictured=True)):
                found.acts.setdefault(target, str(said))
            elif target:
                found.reads[target] = None
    return found


def _records(state: Any, url: str) -> Iterator[str]:
    """Where the records of a list may be read one by one, as REST has it: /orders lists, /orders/17 is one."""
    lists = [state] if isinstance(state, list) else [*state.values()] if isinstance(state, dict) else []
    parts = urlsplit(url)
    end = "/" if parts.path.endswith("/") else ""
    folder = parts._replace(path=parts.path.rstrip("/"), query="").geturl()
    for records in lists:
        for record in records[:_RECORDS] if isinstance(records, list) else ():
            names = (record.get(key) for key in _KEYS) if isinstance(record, dict) else ()
            name = next((n for n in names if isinstance(n, str | int) and not isinstance(n, bool)), "")
            if _KEY.fullmatch(str(name)):
                yield f"{folder}/{name}{end}"


def composed(named: Iterable[str]) -> Iterator[str]:
    """Addresses whose parts stand apart in scripts: the base of an API, and what is asked below it."""
    named = list(named)
    for base in [url for url in named if _API.fullmatch(urlsplit(url).path)][:2]:
        for url in named:
            if not url.startswith(base):
                yield base.rstrip("/") + urlsplit(url).path
