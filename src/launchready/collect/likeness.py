"""What two answers have in common, and in what they differ, once what was typed and what is random is left out. Pure.

An answer is cut at tags, quotes and lines into fragments, whatever its format and language; what stands in the
attributes, scripts and comments of a page counts, as whoever guesses reads those too. Fragments that differ by numbers,
by long random values or by what was typed itself are the same fragment.
"""

import html
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

from launchready.wire.http import Answer

MOST = 20_000
"""Fragments taken from one answer."""
_CUTS = re.compile(r"[<>\"'\r\n]+")
_OPAQUE = re.compile(
    r"(?<![\w+/=%-])(?=[\w+/=%-]*\d)(?=[\w+/=%-]*[A-Za-z])[\w+/=%-]{12,}|[A-Za-z]{40,}"
    r"|(?<![\w+/=%-])(?=[A-Fa-f]*\d)[\dA-Fa-f]{8,}(?![\w+/=%-])"
)
"""Letters and digits mixed, or without end, or hexadecimal."""
_LETTERS = re.compile(r"(?<![\w+/=%-])[A-Za-z+/=_-]{12,}(?![\w%])")
"""A random value of 16 octets in base64 has no digit in 3 of 100 cases: the case of its letters gives it away then."""
_SAME_CASE = re.compile(r"[a-z]+|[A-Z]+")
_ODD_RUNS = 3
_JOINED = re.compile(r"(?<![\w+/=%.\ue001-])[\w+/=%\ue001-]+(?:\.[\w+/=%\ue001-]+)+")
"""What dots join, as in signed values and names of files: with something random in it, all of it is."""
_NONCE = re.compile(r"""(\bnonce\s*=\s*["']?)[^"'\s>]+""", re.IGNORECASE)
"""Random by the HTML standard, whatever it looks like."""
_DIGITS = re.compile(r"\d+")
_TYPED, _RANDOM, _NUMBER = "\ue000", "\ue001", "\ue002"
_CAPTCHAS = re.compile(
    r"recaptcha|hcaptcha|turnstile|challenges\.cloudflare|friendlycaptcha|frc-captcha|geetest|arkoselabs|funcaptcha"
    r"|mtcaptcha|captcha",
    re.IGNORECASE,
)
_FIELD = re.compile(r"<(?:iframe|img|input|select|canvas)\b[^>]*>", re.IGNORECASE)
_HIDDEN = re.compile(r"type\s*=\s*[\"']?hidden", re.IGNORECASE)
_CHANGING_HEADERS = frozenset(
    "date content-length age expires last-modified etag x-request-id server-timing cf-ray connection keep-alive".split()
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """One answer, ready to be compared.

    Attributes:
        status: HTTP status.
        leads: target of a redirect without its host where that is the portal's own, values normalised.
        fragments: each with the number of times that it stands there.
        names: of response headers and of cookies set.
        fields: what asks for something to be filled in or solved.
        captcha: the text names one of the well-known captchas, or calls something a captcha.
        size: bytes of the body.
        length: characters of its text; what was typed, random values and numbers count as one.
    """

    status: int
    leads: str
    fragments: frozenset[tuple[str, int]]
    names: frozenset[str]
    fields: frozenset[str]
    captcha: bool
    size: int
    length: int


def likeness(answer: Answer, typed: Iterable[str] = (), *, body: bytes | None = None) -> Likeness:
    """Take one answer apart.

    Args:
        answer: as it came.
        typed: what was sent and may be echoed: name, password.
        body: to be compared in place of the answer's own: that of the page it led to, say.
    """
    known = _spellings(typed)
    text = (answer.body if body is None else body).decode("utf-8", "replace")
    plain = _NONCE.sub(rf"\1{_RANDOM}", _without(html.unescape(text).replace("\\/", "/"), known))
    counted = Counter(part for each in _CUTS.split(plain)[:MOST] if (part := _normal(each)))
    tags = (tag for tag in _FIELD.findall(plain) if not _HIDDEN.search(tag))
    return Likeness(
        status=answer.exchange.status,
        leads=_target(answer, known),
        fragments=frozenset(counted.items()),
        names=frozenset(_names(answer)),
        fields=frozenset(_normal(tag) for tag in tags),
        captcha=bool(_CAPTCHAS.search(text)),
        size=len(answer.body),
        length=len(_shortened(plain)),
    )


def differences(one: Likeness, usual: Iterable[Likeness]) -> frozenset[str]:
    """In what this differs from all of `usual`, each difference as a word that is the same where it comes again."""
    known = tuple(usual)
    found: set[str] = set()
    if all(one.status != each.status for each in known):
        found.add(f"status {one.status}")
    if all(one.leads != each.leads for each in known):
        found.add(f"leads {one.leads}")
    mine = {fragment for fragment, _ in one.fragments}
    theirs = [{fragment for fragment, _ in each.fragments} for each in known]
    if theirs:
        found |= {f"+{fragment}" for fragment in mine.difference(*theirs)}
        found |= {f"-{fragment}" for fragment in set.intersection(*theirs) - mine}
    return frozenset(found)


def is_plain(difference: str) -> bool:
    """Whether a difference is one of status or target, which no advert or clock makes."""
    return difference.startswith(("status ", "leads "))


def _spellings(typed: Iterable[str]) -> tuple[str, ...]:
    """Every way in which what was typed may be written back, the longest first."""
    found: set[str] = set()
    for value in typed:
        for each in (value, value.lower(), value.upper(), value.strip()):
            found |= {each, html.escape(each), quote(each), quote(each, safe=""), quote_plus(each)}
            found |= {each.replace("@", "&#64;"), each.replace("@", "\\u0040"), each.replace("+", "&#43;")}
    return tuple(sorted((each for each in found if len(each) >= 3), key=len, reverse=True))


def _without(text: str, known: Iterable[str]) -> str:
    for each in known:
        text = text.replace(each, _TYPED)
    return text


def _shortened(text: str) -> str:
    text = _LETTERS.sub(_unless_words, _OPAQUE.sub(_RANDOM, text))
    text = _JOINED.sub(lambda found: _RANDOM if _RANDOM in found[0] else found[0], text)
    return _DIGITS.sub(_NUMBER, text)


def _unless_words(found: re.Match[str]) -> str:
    """A run of letters as it is; a mark where words do not change case like that.

    Names such as `invalidPassword` and `HTMLElement` begin with a capital and go on small: letters that are small by
    themselves between capitals, and capitals side by side, are rare in them and every other run in what is random.
    """
    runs = [run[0] for run in _SAME_CASE.finditer(found[0])]
    odd = sum(len(run) == 1 if run.islower() else len(run) > 1 for run in runs)
    return _RANDOM if odd >= _ODD_RUNS and any(map(str.islower, runs)) else found[0]


def _normal(text: str) -> str:
    return " ".join(_shortened(text).split())


def readable(text: str) -> str:
    """A fragment or target as reports show it."""
    return text.replace(_TYPED, "NAME").replace(_RANDOM, "…").replace(_NUMBER, "#")


def _target(answer: Answer, known: tuple[str, ...]) -> str:
    if not answer.location:
        return ""
    parts, own = urlsplit(answer.location), urlsplit(answer.exchange.url)
    host = "" if parts.netloc == own.netloc else parts.netloc
    query = "&".join(
        f"{name}={_normal(_without(value, known))}"
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
    )
    path = _normal(_without(unquote(parts.path), known))
    return f"{host}{path}{'?' + query if query else ''}"


def _names(answer: Answer) -> Iterable[str]:
    for name, value in answer.headers:
        lower = name.lower()
        if lower == "set-cookie":
            yield f"cookie {_normal(value.partition('=')[0].strip())}"
        elif lower not in _CHANGING_HEADERS:
            yield lower
