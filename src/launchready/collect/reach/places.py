"""Where in a request an id may stand, and how another value is put there. Pure."""

import hashlib
import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from launchready.collect.reach import machinery
from launchready.collect.reach.call import Call
from launchready.collect.shape import generalised

_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_HEX = re.compile(r"(?=.*\d)[0-9a-f]{6,}|(?=.*\d)[0-9A-F]{6,}")
_FILTER = re.compile(rf"((?:eq|neq|gte?|lte?|is)\.)(\d+|{_UUID.pattern})", re.IGNORECASE)
"""An id behind the operator that it is compared by, as in ?id=eq.17 of PostgREST."""
_FILE = re.compile(r"(.+?)((?:\.[A-Za-z][A-Za-z0-9]{0,4}){1,2})")
_LONGEST = 200
_MOST_LEAVES = 200
_NEVER_NUMBER = 1_900_000_000
"""Below 2^31, so that no portal stumbles over its size, and far above what a portal counts to."""
_NO_IDS = frozenset(
    """accept accept-language content-type x-csrf-token x-csrftoken x-xsrf-token origin referer user-agent authorization
    cookie""".split()
)
_VIEWING = frozenset(
    """page p per_page perpage page_size pagesize limit offset size sort order orderby order_by dir direction lang locale
    language tab view v format theme year month day week from to since until q query search s term keyword version
    cursor after before first last count start end skip take top""".split()
)
"""Names of parameters that say how much of what is shown, and not whose."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One place of one call.

    Attributes:
        where: path, query, form, json, variable (of GraphQL) or header.
        key: number of the path segment, or the name; of JSON the way to the leaf, as "orders.0.id".
        value: what stands there, decoded; of a path segment without the ending of a file, of a query without the operator
            that compares it.
    """

    where: str
    key: str
    value: str

    @property
    def words(self) -> str:
        """As in `evidence.access.Route.slots`: the same for all calls of a template."""
        if self.where == "path":
            return "path"
        name = ".".join(part for part in self.key.split(".") if not part.isdigit())
        return f"{self.where} {name}".rstrip()

    @property
    def name(self) -> str:
        """What the last part of the key is called; empty in a path."""
        return "" if self.where == "path" else self.words.rpartition(" ")[2].rpartition(".")[2]


def is_id(text: str) -> bool:
    """Whether a value looks like the id of something: a number, a uuid, a hash, a token, or words around a number."""
    return bool(text) and len(text) <= _LONGEST and generalised(text) != text


def places(call: Call) -> tuple[Place, ...]:
    """All places of a call where something stands that looks like an id, in a fixed order."""
    return (*_of_path(call), *_of_query(call), *_of_headers(call), *_of_body(call))


def segment(call: Call, at: int) -> Place:
    """The path segment of this number as a place, whatever stands there."""
    return Place("path", str(at), _stem(unquote(segments(call.url)[at])))


def segments(url: str) -> list[str]:
    """The path, taken apart at its slashes, as written."""
    return urlsplit(url).path.split("/")[1:]


def put(call: Call, place: Place, value: str) -> Call:
    """The same call with another value at this place."""
    match place.where:
        case "path":
            parts = urlsplit(call.url)
            path = segments(call.url)
            at = int(place.key)
            old = unquote(path[at])
            path[at] = quote(value + old[len(_stem(old)) :], safe="~@:!$&'()*+,;=")
            return replace(call, url=parts._replace(path="/" + "/".join(path)).geturl())
        case "query":
            old = dict(parse_qsl(urlsplit(call.url).query)).get(place.key, "")
            return with_parameter(call, place.key, old.removesuffix(_compared(old)) + value)
        case "form":
            fields = parse_qsl(call.body.decode("utf-8", "replace"), keep_blank_values=True)
            changed = [(name, value if name == place.key else old) for name, old in fields]
            return replace(call, body=urlencode(changed).encode())
        case "header":
            return with_header(call, place.key, value)
        case _:
            return _put_json(call, place, value)


def with_parameter(call: Call, name: str, value: str) -> Call:
    """The same call with this query parameter, in the place of one of the same name."""
    parts = urlsplit(call.url)
    fields = parse_qsl(parts.query, keep_blank_values=True)
    changed = [(each, value if each == name else old) for each, old in fields]
    if all(each != name for each, _ in fields):
        changed.append((name, value))
    return replace(call, url=parts._replace(query=urlencode(changed)).geturl())


def with_header(call: Call, name: str, value: str) -> Call:
    """The same call with this header, in the place of one of the same name."""
    kept = tuple((each, old) for each, old in call.headers if each.lower() != name.lower())
    return replace(call, headers=(*kept, (name, value)))


def never(value: str) -> str:
    """A value of the same form that nothing is called by; the same each time.

    A number becomes a far bigger one, a uuid another uuid; of anything else each run of letters or digits stays as long
    as it is and keeps its kind.
    """
    digest = hashlib.sha256(b"never " + value.encode("utf-8", "surrogateescape")).digest()
    if value.isascii() and value.isdigit():
        number = _NEVER_NUMBER + int.from_bytes(digest[:3], "big")
        return str(number + 1 if str(number) == value else number)
    if _UUID.fullmatch(value):
        made = str(uuid.UUID(bytes=digest[:16], version=4))
        return made.upper() if value.isupper() else made
    stream = _stream(digest, len(value))
    hexadecimal = bool(_HEX.fullmatch(value))
    changed = "".join(_like(char, next(stream), hexadecimal=hexadecimal) for char in value)
    return changed if changed != value else value + "zz"


def _like(char: str, number: int, *, hexadecimal: bool) -> str:
    if char.isascii() and char.isdigit():
        return str(9 - number % 5)
    if not char.isalpha():
        return char
    alphabet = "abcdef" if hexadecimal else "abcdefghijklmnopqrstuvwxyz"
    letter = alphabet[number % len(alphabet)]
    return letter.upper() if char.isupper() else letter


def _stream(seed: bytes, length: int) -> Iterator[int]:
    while length > 0:
        seed = hashlib.sha256(seed).digest()
        yield from seed
        length -= len(seed)


def apart(text: str) -> tuple[str, str]:
    """A path segment without the ending of a file, and the ending."""
    file = _FILE.fullmatch(text)
    return (file[1], file[2]) if file else (text, "")


def _stem(text: str) -> str:
    return apart(text)[0]


def _of_path(call: Call) -> Iterator[Place]:
    for at, each in enumerate(segments(call.url)):
        if is_id(unquote(each)):
            yield segment(call, at)


def _of_query(call: Call) -> Iterator[Place]:
    for name, value in parse_qsl(urlsplit(call.url).query):
        if is_id(value) and name.lower() not in _VIEWING and not machinery.is_parameter(name):
            yield Place("query", name, _compared(value))


def _compared(value: str) -> str:
    filtered = _FILTER.fullmatch(value)
    return filtered[2] if filtered else value


def _of_headers(call: Call) -> Iterator[Place]:
    for name, value in call.headers:
        if name.lower() not in _NO_IDS and value and not machinery.is_header(name):
            yield Place("header", name, value)


def _of_body(call: Call) -> Iterator[Place]:
    if not call.body:
        return
    if call.body.lstrip()[:1] in (b"{", b"["):
        yield from _of_json(call.body)
        return
    for name, value in parse_qsl(call.body.decode("utf-8", "replace")):
        if is_id(value) and name.lower() not in _VIEWING:
            yield Place("form", name, value)


def _of_json(body: bytes) -> Iterator[Place]:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return
    asks = isinstance(data, dict) and isinstance(data.get("query"), str) and "{" in data["query"]
    where, prefix = ("variable", "variables") if asks else ("json", "")
    root = data.get("variables") if asks else data
    for count, (way, leaf) in enumerate(leaves(root)):
        if count >= _MOST_LEAVES:
            return
        name = way.rpartition(".")[2]
        if not isinstance(leaf, bool) and is_id(str(leaf)) and name.lower() not in _VIEWING:
            yield Place(where, way if prefix == "" else f"{prefix}.{way}", str(leaf))


def leaves(value: Any, way: str = "") -> Iterator[tuple[str, Any]]:
    """The scalars of a JSON value that are no null, each with the way to it, in document order."""
    stack = [(way, value)]
    while stack:
        at, each = stack.pop()
        begin = f"{at}." if at else ""
        if isinstance(each, dict):
            stack.extend((f"{begin}{name}", inner) for name, inner in reversed(each.items()))
        elif isinstance(each, list):
            stack.extend((f"{begin}{number}", inner) for number, inner in reversed(list(enumerate(each))))
        elif each is not None:
            yield at, each


def _put_json(call: Call, place: Place, value: str) -> Call:
    data = json.loads(call.body)
    at: Any = data
    *way, last = place.key.split(".")
    for part in way:
        at = at[int(part)] if isinstance(at, list) else at[part]
    old = at[int(last)] if isinstance(at, list) else at[last]
    new: Any = int(value) if isinstance(old, int) and re.fullmatch(r"-?\d+", value) else value
    at[int(last) if isinstance(at, list) else last] = new
    return replace(call, body=json.dumps(data).encode())
