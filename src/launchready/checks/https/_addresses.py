"""When two addresses are the same place, as far as a redirect from http:// to https:// goes. Pure text."""

import re
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from launchready.evidence.http import Exchange

_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_PORTS = {"http": 80, "https": 443}


class Place(NamedTuple):
    """What an address asks of a host, whatever its scheme and port."""

    host: str
    path: str
    query: str


def split(url: str) -> SplitResult:
    """Take an address apart; one that is none has empty parts."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return SplitResult("", "", "", "", "")
    return parts


def place(url: str) -> Place:
    """The place, in one form: case of the host, escapes, and the slash at the end make no difference."""
    parts = split(url)
    path = _ESCAPE.sub(_escape, parts.path).rstrip("/") or "/"
    return Place(host(url), path, _ESCAPE.sub(_escape, parts.query))


def host(url: str) -> str:
    """The host name in lower case, without port."""
    return (split(url).hostname or "").rstrip(".")


def port(url: str) -> int:
    """The port, also where the address leaves it to its scheme."""
    parts = split(url)
    return parts.port or _PORTS.get(parts.scheme, 0)


def origin(url: str) -> str:
    """Scheme and host, for showing a chain; without the port, which says nothing to most readers."""
    return f"{split(url).scheme}://{host(url)}"


def location(exchange: Exchange) -> str:
    """Where an answer of the crawl redirects, absolute; empty when it does not."""
    if not 300 <= exchange.status < 400:
        return ""
    return next((urljoin(exchange.url, value.strip()) for value in exchange.values("location")), "")


def _escape(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return (
        character
        if character.isascii() and (character.isalnum() or character in "-._~")
        else match[0].upper()
    )
