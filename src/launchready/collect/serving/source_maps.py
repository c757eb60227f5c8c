"""Source maps: how a script names its own, and the sources that stand in one. Pure.

The format is ECMA-426; `sourcesContent` holds whole files as their authors wrote them.
"""

import base64
import binascii
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

_REFERENCE = re.compile(rb"(?://|/\*)[#@][ \t]*sourceMappingURL=([^\s'\"*]+)")
_GUARD = re.compile(rb"^\)\]\}'[^\n]*\n")
"""A first line that keeps a map from being run as a script."""
_DEEPEST = 3
"""Maps of sections in sections."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file as its author wrote it; `path` is as the map names it."""

    path: str
    text: bytes


def reference(script: bytes, header: str = "") -> str:
    """Where a script or style sheet says that its map is: the header's word, else the last comment's; empty if nowhere."""
    if header:
        return header.strip()
    said = _REFERENCE.findall(script)
    return said[-1].decode("utf-8", "replace") if said else ""


def without_inline_map(script: bytes) -> bytes:
    """The script with a map that stands in it blanked, so that its sources are not read a second time; same length."""

    def blank(match: re.Match[bytes]) -> bytes:
        return b" " * len(match[0]) if match[1].startswith(b"data:") else match[0]

    return _REFERENCE.sub(blank, script)


def inline(address: str) -> bytes | None:
    """The map that a data: address holds; None where it is none, or broken."""
    if not address.startswith("data:"):
        return None
    head, comma, data = address.partition(",")
    raw = unquote_to_bytes(data)
    if not comma:
        return None
    if not head.endswith(";base64"):
        return raw
    try:
        return base64.b64decode(raw + b"=" * (-len(raw) % 4))
    except (binascii.Error, ValueError):
        return None


def sources(body: bytes) -> tuple[Source, ...] | None:
    """The sources in a map, those of its sections too; None where this is no source map."""
    try:
        state = json.loads(_GUARD.sub(b"", body, count=1))
    except (ValueError, RecursionError):
        return None
    return tuple(_sources(state, 0)) if _is_map(state) else None


def _is_map(state: Any) -> bool:
    return isinstance(state, dict) and "version" in state and ("mappings" in state or "sections" in state)


def _sources(state: Any, depth: int) -> list[Source]:
    if not _is_map(state) or depth > _DEEPEST:
        return []
    names, contents = state.get("sources") or [], state.get("sourcesContent") or []
    found = []
    if isinstance(names, list) and isinstance(contents, list):
        for at, content in enumerate(contents):
            name = names[at] if at < len(names) else None
            if isinstance(content, str):
                path = name if isinstance(name, str) and name else f"source {at + 1}"
                found.append(Source(path, content.encode("utf-8", "replace")))
    sections = state.get("sections")
    for section in sections if isinstance(sections, list) else ():
        if isinstance(section, dict):
            found += _sources(section.get("map"), depth + 1)
    return found
