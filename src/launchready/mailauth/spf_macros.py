"""Macros of SPF (RFC 7208 section 7): `%{ir}.%{v}._spf.%{d2}` and the name that it stands for."""

import re
from collections.abc import Callable
from urllib.parse import quote

MOST_OCTETS = 253
_MOST_LABEL = 63
_MACRO = re.compile(r"%(?:\{([a-z])(\d*)(r?)([.\-+,/_=]*)\}|([%_\-]))", re.IGNORECASE)
_LITERAL = {"%": "%", "_": " ", "-": "%20"}
_UNRESERVED = "-._~"
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.+=/,:!#%&'*<>?[]^`{|}~")


def expand(written: str, value: Callable[[str], str]) -> str:
    """Put in the place of each macro what `value` gives for its letter (in lower case)."""

    def one(found: re.Match[str]) -> str:
        letter, digits, backwards, delimiters, literal = found.groups()
        if literal:
            return _LITERAL[literal]
        parts = re.split(f"[{re.escape(delimiters or '.')}]", value(letter.lower()))
        if backwards:
            parts.reverse()
        if digits:
            parts = parts[-int(digits) :]
        text = ".".join(parts)
        return quote(text, safe=_UNRESERVED) if letter.isupper() else text

    return _MACRO.sub(one, written)


def as_name(expanded: str) -> str:
    """The name to ask for, in the presentation format of zone files; empty where there can be no such name.

    What is too long loses labels at its beginning (section 7.3).
    """
    name = expanded.removesuffix(".")
    if len(name) > MOST_OCTETS:
        name = name[-MOST_OCTETS - 1 :].partition(".")[2]
    if not all(0 < len(label) <= _MOST_LABEL for label in name.split(".")):
        return ""
    octets = name if name.isascii() else name.encode("utf-8").decode("latin-1")
    return "".join(each if each in _PLAIN else f"\\{ord(each):03d}" for each in octets).lower()
