"""Finds in a log what people typed and were given: passwords, tokens, sessions, codes, card numbers. Pure.

A fast expression finds what may be the name of a secret; what stands behind it is then read with care. Quotes and signs
are known in the forms that they take inside JSON, addresses and HTML, once and twice, so that little has to be decoded;
what is in base64, hexadecimal or packed is decoded and read again.
"""

import re
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import re2

from launchready.collect.log_search import shapes, values
from launchready.collect.log_search.blobs import decoded
from launchready.collect.log_search.names import kind_of
from launchready.collect.log_search.shapes import Given

_QUOTE = r"""(?:\\*["'`]|%(?:25)?(?:5C)*(?:22|27)|&quot;|&#3[49];|\\+u002[27])"""
_SEPARATOR = r"(?:=>|:=|[:=]|%(?:25)?3[ADad]|\\+u003[ADad])"
_STEMS = (
    "passw|passphrase|passcode|pwd|passwd|kennwort|mot_?de_?passe|contrase|senha|wachtwoord|_pass|pass|token|jwt"
    "|authorization|cookie|session|sessid|sid|otp|mfa[_-]?code|2fa|verification[_-]?code|recovery[_-]?code|one[_-]?time"
    "|card|cvv|cvc|pan"
)
_OPTIONS = re2.Options()
_OPTIONS.max_mem = 1 << 26
_OPTIONS.encoding = re2.Options.Encoding.LATIN1
_OPTIONS.log_errors = False
_NAME = re2.compile(
    f"(?i)(?:{_STEMS})[\\w.\\-]*(?:\\]|%(?:25)?5[Dd])?{_QUOTE}?\\s?{_SEPARATOR}".encode(), _OPTIONS
)
_SHAPE = re2.compile(b"(?i)" + b"|".join(shapes.TRIGGERS), _OPTIONS)
_BLOB = re2.compile(
    rb"[a-z0-9+/_-]*[A-Z][A-Za-z0-9+/_-]{20,}={0,2}|(?:[2-7][0-9a-f]){16,}|(?:[2-7][0-9A-F]){16,}|1f8b08[0-9a-f]{20,}",
    _OPTIONS,
)
"""What may be base64 or hexadecimal of a text: ids and digests mostly are in small letters, or of other bytes."""
_BEHIND = re.compile(
    f"(?P<name>[\\w.\\-]+)(?P<bracket>\\]|%(?:25)?5[Dd])?(?P<closing>{_QUOTE})?\\s*(?P<separator>{_SEPARATOR})"
    f"(?P<space>(?:\\s|%(?:25)?20)*)(?:\\[|\\()?b?u?(?P<opening>{_QUOTE})?"
)
_ESCAPE = re.compile(rb"%(?:25)?[0-9A-Fa-f]{2}")
_BARE = re.compile(r"""[^\s&;,)}\]<>"'`|\\]+""")
_END_OF_HEADER = re.compile(r"[\r\n\"'`<>]|\\[rn\"]")
_OF_NAMES = (string.ascii_letters + string.digits + "_.-$").encode()
_PAIR = re.compile(r"([\w.\-$]+)=([^;,\s\"'\\]+)")
_LONGEST_NAME = 40
_NO_NAME = re.compile(r"\d{3}|[a-z]\d+[A-Za-z]\d")
_MOST_READ = 4_000
"""Bytes behind a name that are read."""
_DEEPEST = 2
"""Texts in base64 inside another that are read."""


@dataclass(frozen=True, slots=True)
class Told:
    """One secret in a text.

    Attributes:
        kind: what it is.
        name: what it was called; empty where it has no name.
        at: byte where it stands.
        view: how it had to be read.
        value: as it is, for telling equal ones; never shown.
    """

    kind: str
    name: str
    at: int
    view: str = ""
    value: str = field(default="", repr=False)


def find(text: bytes, depth: int = 0) -> Iterator[Told]:
    """Every secret of a person in a text of whole lines."""
    for found in _NAME.finditer(text):
        yield from _named(text, found.start())
    for found in _SHAPE.finditer(text):
        start, end = found.span()
        rest = text[start : start + _MOST_READ].decode("utf-8", "replace")
        beside = text[max(0, start - 1) : start] + text[end : end + 1]
        for kind, value in shapes.read(
            found.group().decode("utf-8", "replace"), rest, beside.decode("latin-1")
        ):
            yield Told(kind, "", start, value=value)
    if depth < _DEEPEST:
        for found in _BLOB.finditer(text):
            for view, inner in decoded(found.group()):
                for told in find(inner, depth + 1):
                    whole = f"{view}, {told.view}" if told.view else view
                    yield Told(told.kind, told.name, found.start(), whole, told.value)


def _named(text: bytes, start: int) -> Iterator[Told]:
    before = text[max(0, start - 40) : start]
    start -= len(before) - len(before.rstrip(_OF_NAMES))
    if escape := _ESCAPE.match(text, max(0, start - 1)):
        start = escape.end()  # the digits of what stands in front, and no part of the name
    rest = text[start : start + _MOST_READ].decode("utf-8", "replace")
    behind = _BEHIND.match(rest)
    kind = kind_of(behind["name"]) if behind is not None else ""
    if behind is None or not kind:
        return
    quoted, value = _value(
        rest, behind.end(), behind["opening"] or "", is_header=kind in ("authorization", "cookie")
    )
    if behind["closing"] and not quoted and behind["separator"] == ":":
        return  # a number, a truth value, an object: no text
    name = _shown(behind["name"].strip("._-"))
    value = values.plain(value)
    if kind in ("password", "password hash"):
        prose = behind["separator"] == ":" and bool(behind["space"]) and not behind["closing"]
        given = _password(kind, name, value, quoted=quoted, prose=prose)
    else:
        given = _READ[kind](name, value)
    for told, secret in given:
        yield Told(told, name, start, value=secret)


def _shown(name: str) -> str:
    """A name as it may be told: none that runs into what may be a secret in front of it."""
    return name if len(name) <= _LONGEST_NAME and not _NO_NAME.search(name) else ""


def _value(rest: str, at: int, opening: str, *, is_header: bool) -> tuple[bool, str]:
    """Whether it stands in quotes, and what it is."""
    if opening:
        end = rest.find(opening, at)
        return True, rest[at:end] if end >= 0 else rest[at : at + 300].partition("\n")[0]
    if is_header:
        end_of = _END_OF_HEADER.search(rest, at)
        return False, rest[at : end_of.start() if end_of else at + 2_000]
    bare = _BARE.match(rest, at)
    return False, bare[0] if bare else ""


def _password(kind: str, name: str, value: str, *, quoted: bool, prose: bool) -> Given:
    if prose and name.lower() == "pass":
        return  # how a test came out
    if value.lower() != name.lower():
        for told, secret in shapes.password(value, quoted=quoted, prose=prose):
            if told == "password hash" or kind == "password":
                yield told, secret


def _token(_name: str, value: str) -> Given:
    scheme, _, rest = value.partition(" ")
    value = rest if scheme.lower() in ("bearer", "token") else value
    if values.is_token(value) and not values.is_public_jwt(value):
        yield "token", value


def _session(name: str, value: str) -> Given:
    is_identifier = re.search(r"(?i)sessid|jsession", name) and re.fullmatch(r"[0-9a-fA-F]{32}", value)
    if is_identifier or values.is_session(value):
        yield "session", value


def _authorization(_name: str, value: str) -> Given:
    return shapes.authorization(value)


def _cookie(_name: str, value: str) -> Given:
    for cookie, content in _PAIR.findall(value):
        is_identifier = len(content) == 32 and values.is_digest(content)
        if kind_of(cookie) in ("session", "token") and (is_identifier or values.is_session(content)):
            yield "session cookie", content


def _one_time_code(_name: str, value: str) -> Given:
    if re.fullmatch(r"\d{6,8}", value):
        yield "one-time code", value


def _card(_name: str, value: str) -> Given:
    digits = re.sub(r"[ -]", "", value)
    if digits.isdigit() and values.is_card(digits):
        yield "payment card number", digits


def _card_code(_name: str, value: str) -> Given:
    if re.fullmatch(r"\d{3,4}", value):
        yield "card security code", value


_READ: dict[str, Callable[[str, str], Given]] = {
    "token": _token,
    "session": _session,
    "authorization": _authorization,
    "cookie": _cookie,
    "one-time code": _one_time_code,
    "card": _card,
    "card code": _card_code,
}
"""How a value of each kind is read."""
