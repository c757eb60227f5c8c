"""An answer's bytes as text, lines and JSON. Pure."""

import json
import re
from typing import Any

_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|script|div|meta)\b",
    re.IGNORECASE | re.DOTALL,
)


def is_page(body: bytes) -> bool:
    """Whether it begins as HTML does, whatever the answer calls it."""
    return bool(_PAGE.match(body[:4096]))


def text(body: bytes) -> str:
    """Read as UTF-8, or as UTF-16 where it says so; what cannot be read is replaced."""
    encoding = "utf-16" if body.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return body.decode(encoding, "replace").replace("\r\n", "\n")


def lines(body: bytes) -> list[str]:
    """The lines of a text."""
    return text(body).split("\n")


def json_object(body: bytes) -> dict[str, Any]:
    """The object that it holds; empty where it holds none."""
    try:
        state = json.loads(text(body))
    except (ValueError, RecursionError):
        return {}
    return state if isinstance(state, dict) else {}
