"""What a style sheet makes a browser fetch: not comments, strings, namespaces or unused variables."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2

LONGEST = 2_000_000
"""Characters of one sheet that are read: the tokeniser is pure Python and takes about a second for these."""

_HINT = re.compile(r"url|import|image-set|src\(|\\", re.IGNORECASE)
_USED = re.compile(r"var\(\s*(--[^\s,)]+)")
_IMAGE_SETS = ("image-set", "-webkit-image-set")

Fetch = tuple[str, str, str]
"""Kind of load, address as written, and how it is written."""


def sheet(css: str) -> Iterator[Fetch]:
    """What a style sheet fetches: @import before the first rule, and what stands in its blocks."""
    css = css[:LONGEST]
    if not _HINT.search(css):
        return
    used, imports, at = frozenset(_USED.findall(css)), True, ""
    for token in _tokens(css):
        if token.type == "at-keyword":
            at = token.lower_value
        elif at == "import":
            written = token.value if token.type == "string" else _address(token)
            if written and imports:
                yield "style", written, "@import"
            at = at if token.type == "whitespace" else ""
        elif token.type == "{} block":
            yield from _block(token.content, "font" if at == "font-face" else "image", used)
            imports, at = False, ""
        elif token.type == "literal" and token.value == ";":
            at = ""


def declarations(css: str) -> Iterator[Fetch]:
    """What a style attribute fetches."""
    css = css[:LONGEST]
    if _HINT.search(css):
        # Where a variable is used is not known here, so each that holds an address is taken as used.
        yield from _block(_tokens(css), "image", None)


def _tokens(css: str) -> Iterable[Any]:
    return tinycss2.parse_component_value_list(css, skip_comments=True)


def _block(tokens: Iterable[Any], kind: str, used: frozenset[str] | None) -> Iterator[Fetch]:
    """Walk the inside of a block: declarations, rules and at-rules."""
    unused, at = False, ""
    for token in tokens:
        if token.type == "literal" and token.value == ";":
            unused, at = False, ""
        elif token.type == "{} block":
            yield from _block(token.content, "font" if at == "font-face" else kind, used)
            unused, at = False, ""
        elif token.type == "at-keyword":
            at = token.lower_value
        elif token.type == "ident" and token.value.startswith("--"):
            unused = used is not None and token.value not in used
        elif not unused and not at:
            yield from _value(token, kind)


def _value(token: Any, kind: str) -> Iterator[Fetch]:
    """Walk one part of a declaration's value."""
    if written := _address(token):
        yield kind, written, "@font-face url()" if kind == "font" else "url()"
    elif token.type == "function":
        strings = token.lower_name in _IMAGE_SETS
        for inner in token.arguments:
            if inner.type == "string" and strings:
                yield "image", inner.value, "image-set()"
            else:
                yield from _value(inner, kind)
    elif token.type == "() block":
        for inner in token.content:
            yield from _value(inner, kind)


def _address(token: Any) -> str:
    """The address in a url token or a url("...") function; empty for anything else."""
    if token.type == "url":
        return str(token.value)
    if token.type == "function" and token.lower_name in ("url", "src"):
        return next((str(inner.value) for inner in token.arguments if inner.type == "string"), "")
    return ""
