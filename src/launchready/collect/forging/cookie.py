"""Session cookies changed as somebody would who has seen his own: other characters, another payload, no signature.

Most session cookies are random and say nothing. Some hold what they say (a number, a name, JSON), as it is or armoured,
and are worth nothing unless they are signed and the signature is verified.
"""

import base64
import binascii
import json
import re
import secrets
import string
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote, unquote

from launchready.collect.forging import Forgery

_ALPHABETS = (
    string.digits,
    "0123456789abcdef",
    "0123456789ABCDEF",
    string.ascii_lowercase + string.digits,
    string.ascii_letters + string.digits,
)
_SIGNED = re.compile(r"(?P<payload>.+?)(?P<rest>(?:--|[.:|]).+)", re.DOTALL)
_IDENTITY_KEY = re.compile(
    r"(?:^|[_\-.])(?:id|uid|user|usr|sub|account|acct|member|client|login|name|email|mail)s?(?:$|[_\-.])|(?:user|account|member)id$",
    re.IGNORECASE,
)
_PAIR = re.compile(r"(?P<key>[A-Za-z_][\w.\-]*)(?P<mark>[=:])(?P<value>[^&;,|]*)")
_SMALL_NUMBER = re.compile(r"\d{1,9}")


def random_like(value: str) -> str:
    """A value of the same length and letters, different at each place where a letter stands."""
    alphabet = next((a for a in _ALPHABETS if set(filter(str.isalnum, value)) <= set(a)), _ALPHABETS[-1])
    return "".join(
        secrets.choice([c for c in alphabet if c != each]) if each.isalnum() and each.isascii() else each
        for each in value
    )


def changed_at(value: str, place: float) -> str:
    """One letter changed, at this share of the way through."""
    letters = [at for at, each in enumerate(value) if each.isalnum() and each.isascii()]
    if not letters:
        return value + "x"
    at = letters[min(int(len(letters) * place), len(letters) - 1)]
    return value[:at] + random_like(value[at]) + value[at + 1 :]


@dataclass(frozen=True, slots=True)
class Payload:
    """What a cookie says when it is not random.

    Attributes:
        text: decoded.
        rebuild: the cookie with another text in it, and what follows the payload as it was.
        rest: what follows the payload, such as a signature; empty when nothing does.
        unsigned: the cookie with another text and without what follows.
    """

    text: str
    rebuild: Callable[[str], str]
    rest: str
    unsigned: Callable[[str], str]


def payload_of(value: str, names: Iterable[str]) -> Payload | None:
    """What this cookie says of its owner; None where it reads as random.

    Args:
        value: raw.
        names: how the portal may call the owner: user name, e-mail, name.
    """
    names = tuple(name.lower() for name in names if len(name) >= 3)
    bare = unquote(value)
    escaped = bare != value
    quoted = len(bare) > 1 and bare[0] == bare[-1] == '"'
    inner = bare[1:-1] if quoted else bare

    def wrapped(text: str) -> str:
        outer = f'"{text}"' if quoted else text
        return quote(outer, safe="") if escaped else outer

    prefix = "s:" if inner.startswith("s:") else ""
    inner = inner.removeprefix("s:")
    splits = [(inner, "")]
    if signed := _SIGNED.fullmatch(inner):
        splits.append((signed["payload"], signed["rest"]))
    for body, rest in splits:
        for text, encode in _decoded(body):
            if _says_somebody(text, names):
                return Payload(
                    text,
                    lambda new, encode=encode, rest=rest: wrapped(prefix + encode(new) + rest),  # type: ignore[misc]
                    rest,
                    lambda new, encode=encode: wrapped(prefix + encode(new)),  # type: ignore[misc]
                )
    return None


def changed_payloads(payload: Payload, swaps: Iterable[tuple[str, str]]) -> tuple[Forgery, ...]:
    """The same cookie, saying that it is somebody else's; with what follows the payload as it was, and without.

    Args:
        payload: of a real cookie.
        swaps: (own, other) names, e-mails and the like.
    """
    texts: dict[str, str] = {}
    for own, other in swaps:
        # By a function, as a name may hold what a pattern's replacement would read as a group.
        swapped = re.compile(re.escape(own), re.IGNORECASE).sub(partial(_instead, other), payload.text)
        if len(own) >= 3 and swapped != payload.text:
            texts[swapped] = "the cookie with another user's name in it"
    for text in _other_numbers(payload.text):
        texts.setdefault(text, "the cookie with another number in it")
    found: dict[str, Forgery] = {}
    for text, how in texts.items():
        value = payload.rebuild(text)
        found[value] = Forgery("changed cookie", how, value)
        if payload.rest:
            bare = payload.unsigned(text)
            found[bare] = Forgery("changed cookie", f"{how} and no signature", bare)
    return tuple(found.values())


def _instead(other: str, _match: re.Match[str]) -> str:
    return other


def _decoded(body: str) -> Iterator[tuple[str, Callable[[str], str]]]:
    yield body, str
    if len(body) < 4 or not re.fullmatch(r"[A-Za-z0-9+/_\-]+={0,2}", body):
        return
    urlsafe = "-" in body or "_" in body
    padded = body.endswith("=") or len(body) % 4 == 0
    try:
        raw = base64.b64decode(
            body + "=" * (-len(body) % 4), altchars=b"-_" if urlsafe else None, validate=True
        )
        text = raw.decode()
    except (ValueError, binascii.Error):
        return
    if not text.isprintable():
        return

    def encode(new: str) -> str:
        armoured = (base64.urlsafe_b64encode if urlsafe else base64.b64encode)(new.encode()).decode()
        return armoured if padded else armoured.rstrip("=")

    yield text, encode


def _says_somebody(text: str, names: tuple[str, ...]) -> bool:
    lowered = text.lower()
    if any(name in lowered for name in names) or _SMALL_NUMBER.fullmatch(text):
        return True
    return any(True for _ in _other_numbers(text))


def _other_numbers(text: str) -> Iterator[str]:
    """The text with a number that names somebody replaced by its neighbours'."""
    if _SMALL_NUMBER.fullmatch(text):
        yield from (str(each) for each in _neighbours(int(text)))
        return
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if isinstance(data, dict):
        for key, value in data.items():
            if _IDENTITY_KEY.search(str(key)) and _is_number(value):
                for each in _neighbours(int(value)):
                    new: dict[str, Any] = {**data, key: each if isinstance(value, int) else str(each)}
                    yield json.dumps(new, separators=(",", ":") if ": " not in text else None)
        return
    for match in _PAIR.finditer(text):
        if _IDENTITY_KEY.search(match["key"]) and _SMALL_NUMBER.fullmatch(match["value"]):
            for each in _neighbours(int(match["value"])):
                yield f"{text[: match.start('value')]}{each}{text[match.end('value') :]}"


def _is_number(value: object) -> bool:
    if isinstance(value, bool):
        return False
    return isinstance(value, int) or (isinstance(value, str) and _SMALL_NUMBER.fullmatch(value) is not None)


def _neighbours(number: int) -> tuple[int, ...]:
    return tuple(each for each in (1, number - 1, number + 1) if each > 0 and each != number)
