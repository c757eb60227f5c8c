"""Secrets that are known by their shape, or that have their name at another place than in front of a sign. Pure."""

import re
from collections.abc import Callable, Iterator

from launchready.collect.log_search import values
from launchready.collect.log_search.names import kind_of

Given = Iterator[tuple[str, str]]
"""Kinds and values."""

# Repetitions with a most of times would make the automaton of RE2 large, and so slow.
TRIGGERS = (
    rb"\b(?:bearer|basic|token)(?: |%20|\+)+[A-Za-z0-9._~+/=%-]+",
    rb"eyJ[A-Za-z0-9_-]+\.eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+",
    rb"://[^\s/:@\"'<>]*:[^\s/@\"'<>]+@",
    rb"<(?:\w+:)?password[^<>]*>[^<>]+</",
    rb"name=\\?\"?\w*password\w*\\?\"?(?:\\r|\\n|\r|\n)+",
    rb"--[\w-]*password[ =]\S+",
    rb"\(b?'\w*password\w*', ?b?'",
    rb"\d\d\d\d[ -]\d\d\d\d[ -]\d\d\d\d[ -]\d\d\d\d",
    rb"insert\s+into\s[^()]*\([^()]*\bpassw",
)
"""What a shape begins with, whatever its case."""
_SHORTEST_SIGNATURE = 16
_SCHEMES = ("bearer", "token", "jwt")
_INSERT = re.compile(r"(?is)\(([^()]*)\)\s*values\s*\((.*?)\)(?:\s|;|$|\")")
_GIVEN = re.compile(r"\\?'((?:[^'\\]|\\(?!')|'')*?)\\?'|([^,\s][^,]*)")
_END = re.compile(r"['\"\r\n]|\\[rn]|--")


def read(said: str, rest: str, beside: str) -> Given:
    """What stands there.

    Args:
        said: what a trigger found.
        rest: the text from where that begins, some thousand characters.
        beside: the characters before and behind `said`.
    """
    low = said.lower()
    for begins, how in _SHAPES.items():
        if low.startswith(begins):
            yield from how(said, rest)
            return
    digits = re.sub(r"\D", "", said)
    if values.is_card(digits) and not re.search(r"[\w.-]", beside):
        yield "payment card number", digits


def authorization(value: str) -> Given:
    """What the header Authorization holds."""
    scheme, _, rest = value.strip().partition(" ")
    rest = rest.strip().partition(" ")[0].rstrip(",;")
    if scheme.lower() == "basic":
        secret = values.basic_password(rest)
        if secret and not values.is_masked(secret):
            yield "password", secret
    elif scheme.lower() in _SCHEMES and values.is_token(rest) and not values.is_public_jwt(rest):
        yield "bearer token", rest


def password(value: str, *, quoted: bool, prose: bool = False) -> Given:
    """A password, or the hash of one."""
    if values.is_hash(value):
        yield "password hash", value
    elif values.is_password(value, quoted=quoted, prose=prose):
        yield "password", value


def _scheme(said: str, _rest: str) -> Given:
    return authorization(values.plain(re.sub(r"(?:\s|%20|\+)+", " ", said, count=1)))


def _signed(said: str, _rest: str) -> Given:
    if len(said.rpartition(".")[2]) >= _SHORTEST_SIGNATURE and not values.is_public_jwt(said):
        yield "signed token (JWT)", said


def _address(said: str, _rest: str) -> Given:
    for _, secret in password(values.plain(said.rpartition("@")[0].rpartition(":")[2]), quoted=False):
        yield "password in an address", secret


def _element(said: str, _rest: str) -> Given:
    return password(values.plain(said.partition(">")[2].removesuffix("</")), quoted=True)


def _option(said: str, _rest: str) -> Given:
    value = said.replace("=", " ", 1).partition(" ")[2]
    return password(values.plain(value.strip("'\"")), quoted=False)


def _behind(said: str, rest: str) -> Given:
    """Up to the end of the quotes or of the line, also where that is written as an escape."""
    return password(values.plain(_END.split(rest[len(said) :], maxsplit=1)[0]), quoted=True)


def _inserted(_said: str, rest: str) -> Given:
    """A password among the values of an SQL statement."""
    parts = _INSERT.search(rest)
    if parts is None:
        return
    names = [each.strip(" `\"'[]\\") for each in parts[1].split(",")]
    for name, (quoted, _bare) in zip(names, _GIVEN.findall(parts[2]), strict=False):
        if quoted and kind_of(name) in ("password", "password hash"):
            yield from password(values.plain(quoted), quoted=True)


_SHAPES: dict[str, Callable[[str, str], Given]] = {
    "bearer": _scheme,
    "basic": _scheme,
    "token": _scheme,
    "eyj": _signed,
    "://": _address,
    "<": _element,
    "--": _option,
    "name=": _behind,
    "(": _behind,
    "insert": _inserted,
}
