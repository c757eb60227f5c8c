"""What a reset mail holds: the link, its secret part, what that is made of, how long it is said to be valid. Pure; raw.

Nothing in here may become evidence but what `ResetLink` says.
"""

import base64
import binascii
import hashlib
import json
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit
from uuid import UUID

_NO_WAY_IN = re.compile(
    r"unsubscri|abmeld|abbestell|désinscri|desinscri|preferences|privacy|\.(?:png|jpe?g|gif|svg|css|ico)$",
    re.IGNORECASE,
)
_JWT = re.compile(r"eyJ[\w-]+\.([\w-]+)\.([\w-]+)")
_HEX = re.compile(r"[0-9a-f]+|[0-9A-F]+")
_CODE = re.compile(r"(?<![\w#/=.,:-])(\d{4,10}|\d{3}[ -]\d{3})(?![\w/%=.,:-]*\d)")
_WORDS = re.compile(r"[a-z]+(?:[-_][a-z]+)+|[a-z]{1,12}(?:\.[a-z]+)?", re.IGNORECASE)
_COUNTED = 20_000
"""Account numbers that are tried."""
_HEX_LENGTHS, _BASE64_LENGTHS = (32, 40, 64), (22, 27, 43)
"""Of MD5, SHA-1 and SHA-256."""
_CLOCK = 300
"""Seconds around now that are tried."""


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """The way in that a mail holds. Raw.

    Attributes:
        link: the whole address; empty for a code.
        value: its secret part, or the code.
    """

    link: str
    value: str

    @property
    def host(self) -> str:
        """Where the link leads, without port; empty for a code."""
        return (urlsplit(self.link).hostname or "").rstrip(".")

    def at(self, netloc: str, scheme: str) -> str:
        """The link on another host: the portal's own, where a forged one stands."""
        return urlsplit(self.link)._replace(netloc=netloc, scheme=scheme).geturl()

    def changed(self, link: str) -> str:
        """The same link with a secret of the same look that nobody was given."""
        turned = self.value[len(self.value) // 2 :] + self.value[: len(self.value) // 2]
        other = turned[::-1] if turned == self.value else turned
        if other == self.value:
            other = ("1" if other[:1] == "0" else "0") + other[1:]
        return link.replace(self.value, other, 1)


def secret_in(links: Iterable[str], text: str, known: Iterable[str]) -> Secret | None:
    """The link with the most secret part, or a code where no link has one; None where there is neither.

    Args:
        links: of the mail.
        text: of the mail.
        known: values that are no secret: the address, the user name.
    """
    plain = {each.lower() for each in known}
    best: tuple[int, str, str] | None = None
    for link in links:
        if _NO_WAY_IN.search(link.partition("?")[0]) or _NO_WAY_IN.search(urlsplit(link).query):
            continue
        for part in _parts(link):
            if part.lower() in plain or len(part) < 4 or _WORDS.fullmatch(part):
                continue
            found = (bits(part) if re.search(r"\d", part) or len(part) > 20 else 0, link, part)
            if found[0] > 0 and (best is None or found[0] > best[0]):
                best = found
    if best is not None:
        return Secret(best[1], best[2])
    without_links = re.sub(r"https?://\S+", " ", text)
    codes = dict.fromkeys(re.sub(r"\D", "", code) for code in _CODE.findall(without_links))
    fitting = [code for code in codes if not re.fullmatch(r"(?:19|20)\d\d", code)]
    return Secret("", fitting[0]) if len(fitting) == 1 else None


def _parts(link: str) -> Iterator[str]:
    parts = urlsplit(link)
    yield from (unquote(segment) for segment in parts.path.split("/") if segment)
    yield from (value for _, value in parse_qsl(parts.query))
    yield from (value for _, value in parse_qsl(parts.fragment.partition("?")[2] or parts.fragment))


def bits(value: str) -> int:
    """Bits of a value drawn evenly from the smallest common alphabet that holds it; of a signed token, its signature."""
    if token := _JWT.fullmatch(value):
        return bits(token[2])
    if value.isdigit():
        size = 10.0
    elif _HEX.fullmatch(value.replace("-", "")):
        value, size = value.replace("-", ""), 16.0
    elif value.islower() or value.isupper():
        size = 36.0 if any(map(str.isdigit, value)) else 26.0
    else:
        size = 64.0
    return math.floor(len(value) * math.log2(size))


def derived_from(value: str, known: Iterable[tuple[str, str]], now: float) -> str:
    """What a secret is made of, if of something that others know; empty when nothing of what is tried fits.

    Args:
        value: the secret part.
        known: (how it is called, value): the address, the user name and the like.
        now: seconds since 1970, about when it was made.
    """
    if value.isdigit() and len(value) in (10, 13) and abs(int(value[:10]) - now) <= _CLOCK:
        return "the clock"
    if _is_of_clock_and_machine(value):
        return "a UUID of version 1, which is the clock and the machine"
    hashed = len(value.rstrip("=")) in (*_HEX_LENGTHS, *_BASE64_LENGTHS)
    sources = _sources(known, now, hashed=hashed)
    return next((f"{how}{says}" for says, text in sources if (how := _made(value, text))), "")


def _is_of_clock_and_machine(value: str) -> bool:
    try:
        return value.count("-") == 4 and UUID(value).version == 1
    except ValueError:
        return False


def _sources(known: Iterable[tuple[str, str]], now: float, *, hashed: bool) -> Iterator[tuple[str, str]]:
    """What is tried: the names, the clock, both, and account numbers."""
    seconds = [str(int(now) + at) for at in range(-_CLOCK, _CLOCK + 1)]
    names = dict.fromkeys((says, spelt) for says, text in known for spelt in (text, text.lower()) if spelt)
    for says, text in names:
        yield says, text
        for second in seconds:
            for joined in (text + second, f"{text}:{second}", f"{text}-{second}", second + text):
                yield f"{says} and the clock", joined
    yield from (("the clock", second) for second in seconds)
    if hashed:
        yield from (("the number of the account", str(number)) for number in range(_COUNTED))


def counts_up(one: str, other: str) -> bool:
    """Whether two secrets, one asked for after the other, are neighbours."""
    if one == other or len(one) != len(other):
        return False
    base = (
        10
        if one.isdigit() and other.isdigit()
        else 16
        if _HEX.fullmatch(one) and _HEX.fullmatch(other)
        else 0
    )
    return bool(base) and abs(int(one, base) - int(other, base)) <= 1000


def _made(value: str, text: str) -> str:
    """By which of the usual ways `value` is made from `text`; "" when by none. Ends in "of " where it is not itself."""
    raw = text.encode()
    lower = value.lower()
    if lower == text.lower():
        return "just "
    if len(lower) in _HEX_LENGTHS and _HEX.fullmatch(lower):
        for name in ("md5", "sha1", "sha256"):
            if hashlib.new(name, raw, usedforsecurity=False).hexdigest() == lower:
                return f"the {name.upper()} of "
        return ""
    if lower == raw.hex():
        return "the hexadecimal form of "
    if value.rstrip("=") in _base64(raw):
        return "the base64 form of "
    if len(value.rstrip("=")) in _BASE64_LENGTHS:
        for name in ("md5", "sha1", "sha256"):
            if value.rstrip("=") in _base64(hashlib.new(name, raw, usedforsecurity=False).digest()):
                return f"the {name.upper()} of "
    return ""


def _base64(raw: bytes) -> tuple[str, str]:
    return base64.b64encode(raw).decode().rstrip("="), base64.urlsafe_b64encode(raw).decode().rstrip("=")


_VALIDITY = re.compile(
    r"valid|expir|within|for the next|link|g[uü]ltig|l[aä]uft|ablauf|innerhalb|innert|valable|lien|v[aá]lid|caduc|vence"
    r"|enlace|scad|geldig|verloopt|vervalt|gyldig|utl[øo]p|udl[øo]b|giltig|upph[oö]r|l[äa]nk|voimassa|vanhe|wa[żz]n|wygas"
    r"|platn|vypr|érvényes|действ|истек|ссылк|дійсн|有効|有效|유효|ge[çc]erli|hiệu lực|صالح|בתוקף",
    re.IGNORECASE,
)
_MINUTE = (
    r"min(?:ute)?s?\b|minuten|minut[oiae]?s?|minuutt?\w*|perc\b|dakika|минут\w*|хвилин\w*"
    r"|分钟|分鐘|分間?|분|phút|דקות|دقيقة"
)
_HOUR = (
    r"h(?:ou)?rs?\b|h\b|stunden?|heures?|horas?|ore\b|ora\b|uur|uren|timer?\b|timmar?|tunti\w*|godzin\w*"
    r"|hodin\w*|óra|час\w*|годин\w*|小时|小時|時間|시간|saat|giờ|שעות|ساعة"
)
_DAY = (
    r"days?\b|tage?n?\b|jours?|d[ií]as?\b|giorn\w*|dag(?:en|e|ar)?\b|päivä\w*|dni\b|dzień|dny\b|nap\b"
    r"|д(?:ень|н\w*)|天|日間?|일|gün|ngày|ימים|أيام"
)
_UNITS = ((1, _MINUTE), (60, _HOUR), (1440, _DAY))
_ONE = r"an?|one|eine[rnm]?|une?|una|un|uno|uma|um|een|én|en|et|ett|jedn\w+|egy"
_HALF = re.compile(
    r"half an hour|halbe[nr]? stunde|demi-heure|media hora|mezz['’]?ora|half ?uur|halv time|halvtimme|meia hora",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    rf"(?<![\dA-Za-z.,])(?:(\d{{1,4}})|({_ONE}))[\s-]*(?:"
    + "|".join(f"(?P<u{m}>{words})" for m, words in _UNITS)
    + ")",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?。])\s+|\n\s*\n|[\r\n]{2,}")


def stated_minutes(text: str) -> int:
    """How long the link is valid, as the mail says; 0 where it does not say, or says several things."""
    found: set[int] = set()
    for sentence in _SENTENCE.split(text):
        flat = " ".join(re.sub(r"https?://\S+", " ", sentence).split())
        if not _VALIDITY.search(flat):
            continue
        if _HALF.search(flat):
            found.add(30)
            flat = _HALF.sub(" ", flat)
        for match in _LENGTH.finditer(flat):
            unit = next(minutes for minutes, _ in _UNITS if match[f"u{minutes}"])
            found.add(unit * (int(match[1]) if match[1] else 1))
    return found.pop() if len(found) == 1 else 0


def token_minutes(value: str, now: float) -> int:
    """How long a signed token says that it is valid; 0 where it is none, or does not say."""
    token = _JWT.fullmatch(value)
    if token is None:
        return 0
    try:
        claims = json.loads(base64.urlsafe_b64decode(token[1] + "=" * (-len(token[1]) % 4)))
        ends, begins = claims.get("exp"), claims.get("iat", now)
    except (ValueError, binascii.Error, AttributeError):
        return 0
    if not isinstance(ends, int | float) or not isinstance(begins, int | float):
        return 0
    return max(0, math.ceil((ends - begins) / 60))
