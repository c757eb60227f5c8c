"""Addresses that are secrets themselves: whoever was given the link may open it. Pure."""

import hashlib
import math
import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, unquote, urlsplit

from launchready.collect.reach.call import Call
from launchready.collect.reach.places import segments

_UUID = re.compile(r"(?:[a-z]{2,3}\.)?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)
"""Also behind an operator, as in ?id=eq.…, of PostgREST."""
_HEX = re.compile(r"[0-9a-f]+", re.IGNORECASE)
_TOKEN = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])[\w\-.~=:+/]{14,400}")
_SEPARATORS = re.compile(r"[-_.~=:+/]+")
_TITLED = re.compile(r"\d*(?:[A-Z]?[a-z]+)*[A-Z]*\d*(?:[A-Z]?[a-z]{2,})*")
"""Words, one after the other, with few numbers: what somebody calls a file."""
_SECRET_BITS = 80
_COUNTED = 2_000


def is_capability(call: Call, ids: Iterable[str]) -> bool:
    """Whether the address holds a secret of 80 random bits or more that is no plain id of a record."""
    parts = urlsplit(call.url)
    values = [unquote(each) for each in segments(call.url)] + [value for _, value in parse_qsl(parts.query)]
    known = frozenset(ids)
    return any(is_secret(each, known) for each in values)


def is_secret(value: str, ids: frozenset[str] = frozenset()) -> bool:
    """Whether nobody could guess this value: long and mixed, no uuid, no title, and no hash of something small."""
    if _UUID.fullmatch(value) or not _TOKEN.fullmatch(value):
        return False
    if _is_hash_of_something_small(value.lower(), ids):
        return False
    parts = [part for part in _SEPARATORS.split(value) if part]
    return not all(map(_TITLED.fullmatch, parts)) and len(value) * _bits_each(value) >= _SECRET_BITS


def _bits_each(value: str) -> float:
    """How much one character may hold, by the kinds of characters that there are."""
    if _HEX.fullmatch(value):
        return 4
    kinds = 10 + 26 * any(map(str.isupper, value)) + 26 * any(map(str.islower, value))
    return math.log2(kinds)


def _is_hash_of_something_small(value: str, ids: frozenset[str]) -> bool:
    algorithm = {32: hashlib.md5, 40: hashlib.sha1, 64: hashlib.sha256}.get(len(value))
    if algorithm is None or not _HEX.fullmatch(value):
        return False
    small = (*ids, *map(str, range(_COUNTED)))
    return any(algorithm(each.encode()).hexdigest() == value for each in small)
