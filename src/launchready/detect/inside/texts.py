"""An answer's body as the lines that a person reads in it: HTML without its marks, JSON without its quoting."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser

LONGEST = 150_000
"""Characters that are looked at; error pages are short, and debug pages say at the beginning what they are."""
_BREAKS = re.compile(
    r"<(?:br|/p|/div|/li|/tr|/h[1-6]|/pre|/dd|/dt|/td|/summary|/title)\b[^>]{0,200}>", re.IGNORECASE
)
_COMMENT = re.compile(r"<!--(.{0,20000}?)-->", re.DOTALL)
_DEEPEST = 30


@dataclass(frozen=True, slots=True)
class Texts:
    """One body, three ways.

    Attributes:
        source: as it was sent.
        lines: what a person reads, comments and strings of scripts' data included.
        data: what JSON it is; None where it is none.
    """

    source: str = field(repr=False)
    lines: str = field(repr=False)
    data: Any = field(default=None, repr=False)


def texts_of(source: str, media_type: str) -> Texts:
    """Read one decoded body; `media_type` without parameters, in lower case."""
    source = source[:LONGEST]
    if media_type.endswith("json") or source.lstrip()[:1] in ("{", "["):
        try:
            data = json.loads(source)
        except (ValueError, RecursionError):
            data = None
        if data is not None:
            return Texts(source, "\n".join(_strings(data, 0)), data)
    if media_type in ("text/html", "application/xhtml+xml") or source.lstrip()[:1] == "<":
        return Texts(source, _read(source))
    return Texts(source, source.replace("\r", ""))


def _read(source: str) -> str:
    comments = "\n".join(_COMMENT.findall(source))
    tree = LexborHTMLParser(_BREAKS.sub(lambda mark: f"{mark[0]}\n", source))
    tree.strip_tags(["style", "script"])
    body = tree.root.text(separator="") if tree.root else ""
    return f"{body}\n{comments}".replace("\r", "").replace("\xa0", " ")


def _strings(data: Any, depth: int) -> list[str]:
    if depth > _DEEPEST:
        return []
    if isinstance(data, str):
        return [data.replace("\r", "")]
    if isinstance(data, dict):
        return [text for value in data.values() for text in _strings(value, depth + 1)]
    if isinstance(data, list):
        return [text for value in data for text in _strings(value, depth + 1)]
    return []
