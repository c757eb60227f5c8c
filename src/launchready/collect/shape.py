"""Which addresses come from one template: ids generalised, and siblings without number taken as one.

A crawl that asked every address would never end; one that asked each shape a few times sees every template.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit

FAN_OUT = 20
"""A folder with more distinct names in it holds items, not sections."""
ROOT_FAN_OUT = 60
"""The same at the top, where a portal's sections stand."""
QUERY_FAN_OUT = 10
"""So many sets of parameters one path may have before further ones are taken as one."""
DEEPEST = 12
"""Path segments; what stands below is taken as one."""

ANY = "{any}"

_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_VERSION = re.compile(r"v\d{1,2}(?:\.\d{1,2})?")
_FILE = re.compile(r"(.+)(\.[A-Za-z][A-Za-z0-9]{0,4})")
_SEPARATORS = re.compile(r"([^A-Za-z0-9]+)")
_HEX = re.compile(r"(?=.*[0-9])(?=.*[a-f])[0-9a-f]{6,}", re.IGNORECASE)
_MIXED = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9]{12,}")
_TOKEN = re.compile(r"(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9_.~=-]+")
_SHORTEST_TOKEN = 20
_WORD = re.compile(r"[A-Za-z]?[a-z]+|[A-Z]+|[0-9]+|[vV][0-9]+")
_DIGITS = re.compile(r"\d+")
_ROUTING = frozenset(
    ("action", "controller", "do", "module", "option", "p", "page", "r", "route", "tab", "view")
)
"""Parameters by which a front controller names the page; the value then is part of the shape."""


@lru_cache(maxsize=2048)
def generalised(segment: str) -> str:
    """One path segment with numbers, dates, hashes and tokens as placeholders; words stay."""
    if segment.isalpha():
        return segment
    segment = segment.partition(";")[0]
    if _VERSION.fullmatch(segment):
        return segment
    file = _FILE.fullmatch(segment)
    stem, extension = (file[1], file[2]) if file else (segment, "")
    if _is_random(stem):
        return "{}" + extension
    stem = _UUID.sub("{}", stem)
    return "".join(_piece(piece) for piece in _SEPARATORS.split(stem)) + extension


def _is_random(stem: str) -> bool:
    """Whether a segment is one token, though separators stand in it: base64url has them, and so have signed values.

    Words are of one case behind their first letter, and numbers stand apart from them.
    """
    if len(stem) < _SHORTEST_TOKEN or not _TOKEN.fullmatch(stem):
        return False
    pieces = [each for each in _SEPARATORS.split(stem) if each and each[0].isalnum()]
    random = sum(len(each) for each in pieces if not _WORD.fullmatch(each))
    return 2 * random > sum(map(len, pieces))


def _piece(piece: str) -> str:
    if _HEX.fullmatch(piece) or _MIXED.fullmatch(piece):
        return "{}"
    return _DIGITS.sub("{}", piece)


@dataclass(slots=True)
class _Node:
    """One folder: what is known to be in it, and which sets of parameters it was seen with."""

    children: dict[str, "_Node"] = field(default_factory=dict)
    queries: set[str] = field(default_factory=set)


class Shapes:
    """Gives each address its shape. Earlier addresses keep theirs when a folder turns out to hold items."""

    def __init__(self) -> None:
        self._roots: dict[str, _Node] = {}

    def of(self, url: str) -> str:
        """The shape of an absolute address, as https://host/clients/{}/notes?page."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        node = self._roots.setdefault(origin, _Node())
        names = []
        segments = parts.path.split("/")[1:]
        for depth, segment in enumerate(segments[:DEEPEST]):
            name = generalised(segment)
            child = node.children.get(name)
            if child is None:
                if len(node.children) >= (FAN_OUT if depth else ROOT_FAN_OUT):
                    file = _FILE.fullmatch(name)
                    name = ANY + (file[2] if file else "")
                child = node.children.setdefault(name, _Node())
            names.append(name)
            node = child
        if len(segments) > DEEPEST:
            names.append(ANY)
        query = _query_names(parts.query) if parts.query else ""
        if query and query not in node.queries:
            if len(node.queries) >= QUERY_FAN_OUT:
                query = ANY
            node.queries.add(query)
        return f"{origin}/{'/'.join(names)}" + (f"?{query}" if query else "")


def _query_names(query: str) -> str:
    names = set()
    for each in query.split("&"):
        name, _, value = each.partition("=")
        routed = name in _ROUTING and value.isalpha() and len(value) <= 30
        names.add(f"{name}={value}" if routed else generalised(name))
    return "&".join(sorted(names)[:8])
