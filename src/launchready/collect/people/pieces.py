"""What one answer shows, taken apart into values that can be compared with another answer's. Pure.

Two answers are never compared as wholes: a nonce, a clock or a token against forged requests would make equal pages
differ, and a menu or a footer would make unlike pages alike. So an answer is a set of values: of a page the texts a
reader sees and what stands in its fields, of JSON its leaves (numbers and flags with their keys, as a bare 3 says
nothing), of lists and plain text the lines, of anything else the whole as one value.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from launchready.collect.charset import decoded
from launchready.wire.http import Answer

MOST = 5_000
"""Values taken from one answer."""
LONGEST = 400
"""Characters kept of one value; longer ones are cut, on both sides alike."""
_DEEPEST = 200

_BLANKS = re.compile(r"\s+")
_TAGS = re.compile(r"<[^>]*>")
_UNSEEN = ("script", "style", "template", "noscript", "svg")
_FIELDS_SHOWN = frozenset(("", "text", "email", "tel", "url", "number", "date", "search", "month", "time"))
_STATE = re.compile(r"(?:application|text)/(?:[a-z0-9.+-]*\+)?json", re.IGNORECASE)
_FOR_SHARING = re.compile(
    rb"""<meta\b[^>]*\b(?:property|name)\s*=\s*["']?(?:og:url|og:title|twitter:card)\b"""
    rb"""|<link\b[^>]*\brel\s*=\s*["']?canonical\b|["']application/ld\+json["']""",
    re.IGNORECASE,
)
"""Open Graph, canonical addresses and schema.org: for those who link to a page, and nobody links to a guarded one."""
_GUARD_KEYS = re.compile(
    r"csrf|xsrf|nonce|request[-_]?id|trace|correlation|timestamp|^(?:iat|exp|now|time)$", re.IGNORECASE
)
"""JSON keys whose values belong to the answer and not to what is shown."""


def pieces(answer: Answer) -> frozenset[bytes]:
    """The values in one answer."""
    return _pieces(answer.body, next(iter(answer.exchange.values("content-type")), ""))


def kind_of(answer: Answer) -> str:
    """page, api (JSON) or file."""
    media_type = answer.exchange.media_type
    if answer.exchange.is_html or (not media_type and _is_markup(answer.body)):
        return "page"
    return "api" if _is_json(media_type, answer.body) else "file"


def is_for_sharing(answer: Answer) -> bool:
    """Whether this is a page that says what other sites and search engines are to show of it."""
    return kind_of(answer) == "page" and bool(_FOR_SHARING.search(answer.body))


def field_names(answer: Answer) -> frozenset[str]:
    """The names of all fields in a JSON answer; none for any other."""
    if kind_of(answer) != "api":
        return frozenset()
    try:
        stack = [json.loads(answer.body)]
    except (ValueError, RecursionError):
        return frozenset()
    names: set[str] = set()
    while stack and len(names) < MOST:
        each = stack.pop()
        if isinstance(each, dict):
            names.update(map(str, each))
            stack.extend(each.values())
        elif isinstance(each, list):
            stack.extend(each)
    return frozenset(names)


def is_telling(piece: bytes) -> bool:
    """Whether a value can hardly stand in an unlike answer by chance: an address, a number in words, a sentence."""
    text = piece.decode("utf-8", "replace")
    return (
        len(text) >= 16
        or "@" in text
        or (len(text) >= 5 and any(map(str.isdigit, text)) and any(map(str.isalpha, text)))
        or (len(text) >= 8 and " " in text)
    )


def _pieces(body: bytes, content_type: str) -> frozenset[bytes]:
    if not body.strip():
        return frozenset()
    media_type = content_type.partition(";")[0].strip().lower()
    found: Iterator[str]
    if media_type in ("text/html", "application/xhtml+xml") or (not media_type and _is_markup(body)):
        found = _of_page(decoded(body, content_type))
    elif _is_json(media_type, body):
        try:
            found = _of_json(json.loads(body))
        except (ValueError, RecursionError):
            found = iter((_whole(body),))
    elif media_type.endswith("xml") and b"\0" not in body[:1000]:
        found = iter(_TAGS.split(decoded(body, content_type)))
    elif media_type.startswith("text/") and b"\0" not in body[:1000]:
        found = iter(decoded(body, content_type).splitlines())
    else:
        found = iter((_whole(body),))
    kept: set[bytes] = set()
    for each in found:
        value = _BLANKS.sub(" ", each).strip()[:LONGEST]
        if len(value) >= 3:
            kept.add(value.encode("utf-8", "surrogateescape"))
        if len(kept) >= MOST:
            break
    return frozenset(kept)


def _whole(body: bytes) -> str:
    return "sha256 " + hashlib.sha256(body).hexdigest()


def _is_markup(body: bytes) -> bool:
    return body.lstrip()[:1] == b"<"


def _is_json(media_type: str, body: bytes) -> bool:
    named = media_type.endswith("json") or media_type in ("application/javascript", "")
    return (named or media_type == "text/plain") and body.lstrip()[:1] in (b"{", b"[", b'"')


def _of_page(text: str) -> Iterator[str]:
    tree = LexborHTMLParser(text)
    for script in tree.css("script[type]"):
        if _STATE.fullmatch((script.attributes.get("type") or "").strip()):
            try:
                yield from _of_json(json.loads(script.text(deep=True)))
            except (ValueError, RecursionError):
                continue
    tree.strip_tags(list(_UNSEEN))
    for field in tree.css("input[value],option[value],meter[value],data[value]"):
        if _is_shown(field):
            yield field.attributes.get("value") or ""
    root = tree.body or tree.root
    if root is not None:
        for node in root.traverse(include_text=True):
            if node.is_text_node:
                yield node.text_content or ""


def _is_shown(field: LexborNode) -> bool:
    return field.tag != "input" or (field.attributes.get("type") or "").strip().lower() in _FIELDS_SHOWN


def _of_json(value: Any) -> Iterator[str]:
    """The leaves: texts as they are, so that a page may show the same; numbers and flags with their key."""
    stack: list[tuple[str, Any, int]] = [("", value, 0)]
    while stack:
        key, each, depth = stack.pop()
        if _GUARD_KEYS.search(key) or depth > _DEEPEST:
            continue
        if isinstance(each, dict):
            stack.extend((str(name), inner, depth + 1) for name, inner in reversed(each.items()))
        elif isinstance(each, list):
            stack.extend((key, inner, depth + 1) for inner in reversed(each))
        elif isinstance(each, str):
            yield each
        elif each is not None:
            yield f"{key}={json.dumps(each)}"
