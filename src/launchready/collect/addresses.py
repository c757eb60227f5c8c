"""How a browser reads an address written in a page: the WHATWG rules for http, https, ws and wss."""

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

FETCHED = ("http", "https")
CONNECTED = ("ws", "wss")
INSECURE = ("http", "ws")

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_SPECIAL = re.compile(r"(https?|wss?):[/\\]*", re.IGNORECASE)
_PLAIN = re.compile(r"/[A-Za-z0-9_\-~%][A-Za-z0-9_\-~%/]*(?:\.[A-Za-z0-9]+)?(?:\?[A-Za-z0-9_\-~%=&;.]*)?")
"""The most usual form, which needs none of the work below."""
_STRIPPED = re.compile(r"[\t\n\r]")
_EDGES = "".join(map(chr, range(0x21)))
_ORIGIN = re.compile(r"[a-z]+://[^/?#]+")
_LONGEST = 8192
_SAFE = "!#$%&'()*+,/:;=?@[]~|"


def resolve(base: str, written: str) -> str:
    """The absolute http, https, ws or wss address, without fragment; empty where it is none of these."""
    written = written.strip(_EDGES)
    if not written or written[0] == "#" or len(written) > _LONGEST:
        return ""
    if _PLAIN.fullmatch(written) and (origin := _ORIGIN.match(base)):
        return origin[0] + written
    if "\t" in written or "\n" in written or "\r" in written:
        written = _STRIPPED.sub("", written)
    if "\\" in written:
        head, mark, tail = _partition_query(written)
        written = head.replace("\\", "/") + mark + tail
    if special := _SPECIAL.match(written):
        scheme, rest = special[1].lower(), written[special.end() :]
        relative = scheme == base.partition(":")[0] and "/" not in special[0]
        absolute = urljoin(base, rest) if relative else f"{scheme}://{rest}"
    elif _SCHEME.match(written):
        return ""
    else:
        try:
            absolute = urljoin(base, written)
        except ValueError:
            return ""
    return _normal(absolute)


def host_of(url: str) -> str:
    """The host name in lower case, without port or brackets; empty when there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def _partition_query(written: str) -> tuple[str, str, str]:
    at = min((i for i in (written.find("?"), written.find("#")) if i >= 0), default=len(written))
    return written[:at], written[at : at + 1], written[at + 1 :]


def _normal(absolute: str) -> str:
    """Lower-case scheme and host, no fragment, nothing that a request line cannot hold."""
    absolute = absolute.partition("#")[0]
    try:
        parts = urlsplit(absolute)
        if not parts.hostname or parts.scheme not in (*FETCHED, *CONNECTED):
            return ""
        _ = parts.port
    except ValueError:
        return ""
    netloc = parts.netloc.lower() if "@" not in parts.netloc else parts.netloc
    if not netloc.isascii():
        try:
            netloc = netloc.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    path = _dotless(parts.path) if "/." in parts.path else parts.path
    return urlunsplit((parts.scheme, netloc, _quoted(path or "/"), _quoted(parts.query), ""))


def _quoted(text: str) -> str:
    return text if text.isascii() and text.isprintable() and " " not in text else quote(text, safe=_SAFE)


def _dotless(path: str) -> str:
    """Remove `.` and `..` segments, also those above the root."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == ".." and kept:
            kept.pop()
        if segment not in (".", ".."):
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)
