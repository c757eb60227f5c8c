"""What the receiving provider says of a letter (RFC 8601), and only that: what anybody else wrote there is not heard.

Header fields are put on top of those that came. So whatever stands above the Received of the host that took the letter
from outside was written by the receiving side. Below it only the provider's own name speaks, and the topmost field wins.
Comments and reasons are words for people; nothing is read from them.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from msgspec.structs import replace

from launchready.evidence.letters import Authentication, Result
from launchready.mailauth.received import Hop, border, is_host

_METHOD = re.compile(r"\s*([a-z][a-z0-9-]*)\s*(?:/\s*\d+\s*)?=\s*([a-z]+)", re.IGNORECASE)
_PROPERTY = re.compile(r"\b([a-z]+)\s*\.\s*([a-z][\w-]*)\s*=\s*(\"[^\"]*\"|[^\s;]+)", re.IGNORECASE)
_REASON = re.compile(r"\breason\s*=\s*(?:\"(?:\\.|[^\"\\])*\"|\S+)", re.IGNORECASE)
_LONGEST = 10_000
"""Characters of a field that are read; no receiver writes more."""
_WORDS: dict[str, Result] = {
    **{word: word for word in get_args(Result) if word != "untold"},
    "hardfail": "fail",
    "error": "temperror",
    "unknown": "permerror",
    "bestguesspass": "none",
}
"""Results as receivers write them. A best guess is made where there is no record."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One result of one method, with its properties such as smtp.mailfrom."""

    method: str
    result: Result
    properties: dict[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """One Authentication-Results field: whose, in lower case (empty where it names nobody), and what it says."""

    authserv_id: str
    results: tuple[Stated, ...]


def border_of(hops: tuple[Hop, ...], provider: str) -> Hop | None:
    """The hop at which the provider took the letter from outside; None where that does not show."""
    return border(hops, tuple(_receivers().get(provider, {}).get("border", ())))


def read_field(value: str) -> Field:
    """Read the value of one field; what cannot be read is left out."""
    first, *rest = _parts(_REASON.sub("", _without_comments(value[:_LONGEST])))
    if "=" in first:
        authserv_id, rest = "", [first, *rest]
    else:
        authserv_id = (first.split() or [""])[0].strip('"').lower().rstrip(".")
    return Field(authserv_id, tuple(_stated(rest)))


def theirs(fields: Iterable[tuple[str, str]], hops: tuple[Hop, ...], provider: str) -> Authentication | None:
    """What the receiving provider says; None where nothing there is certainly its own.

    Args:
        fields: name in lower case and value of each header field, from the top.
        hops: the Received fields among them.
        provider: as the portal file calls it.
    """
    own = _receivers().get(provider, {})
    outermost = border_of(hops, provider)
    above, by = (outermost.place, outermost.by) if outermost else (0, "")
    heard: dict[str, list[Field]] = {}
    forgeable = False
    for place, (name, value) in enumerate(fields):
        if name != "authentication-results":
            continue
        field = read_field(value)
        of_provider = any(is_host(field.authserv_id, each) for each in own.get("authserv_ids", ()))
        if of_provider or place < above or (by and field.authserv_id == by):
            forgeable |= not (heard.get(field.authserv_id) or of_provider or place < above)
            heard.setdefault(field.authserv_id, []).append(field)
    # Of one speaker only the topmost field counts: a second one was there before the letter came.
    topmost = [fields_of[0] for fields_of in heard.values()]
    return replace(_merged(topmost), forgeable=forgeable) if any(field.results for field in topmost) else None


@cache
def _receivers() -> dict[str, Any]:
    """How known providers write, by provider; `data/mail_receivers.toml`."""
    raw = files("launchready").joinpath("data", "mail_receivers.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)


def _merged(fields: list[Field]) -> Authentication:
    results = [each for field in fields for each in field.results]
    spf = next((each for each in results if each.method == "spf"), None)
    keys = [each for each in results if each.method == "dkim"]
    passed = [each for each in keys if each.result == "pass"]
    return Authentication(
        by=next((field.authserv_id for field in fields if field.results), "") or "the provider",
        spf=spf.result if spf else "untold",
        dkim="pass" if passed else keys[0].result if keys else "untold",
        dmarc=_of("dmarc", results),
        arc=_of("arc", results),
        spf_domain=_domain(spf.properties, "smtp.mailfrom", "smtp.helo") if spf else "",
        dkim_domains=tuple(
            dict.fromkeys(filter(None, (_domain(k.properties, "header.d", "header.i") for k in passed)))
        ),
    )


def _of(method: str, results: list[Stated]) -> Result:
    return next((each.result for each in results if each.method == method), "untold")


def _domain(properties: dict[str, str], *names: str) -> str:
    for name in names:
        if value := properties.get(name, "").strip('"<>'):
            return value.rpartition("@")[2].lower().rstrip(".")
    return ""


def _stated(parts: Iterable[str]) -> Iterator[Stated]:
    for part in parts:
        if (method := _METHOD.match(part)) and (result := _WORDS.get(method[2].lower())):
            found = _PROPERTY.findall(part[method.end() :])
            properties = {f"{kind}.{name}".lower(): value for kind, name, value in found}
            yield Stated(method[1].lower(), result, properties)


def _without_comments(value: str) -> str:
    """Comments may hold comments, and a quoted string may hold what only looks like one."""
    kept, depth, quoted, escaped = [], 0, False, False
    for character in value:
        if escaped:
            escaped = False
        elif character == "\\" and (quoted or depth):
            escaped = True
        elif character == '"' and not depth:
            quoted = not quoted
        elif character == "(" and not quoted:
            depth += 1
            kept.append(" ")
            continue
        elif character == ")" and depth:
            depth -= 1
            continue
        if not depth:
            kept.append(character)
    return "".join(kept)


def _parts(value: str) -> list[str]:
    """Split at semicolons that stand in no quoted string."""
    return re.findall(r"(?:\"(?:\\.|[^\"\\])*\"|[^;\"]|\")+", value) or [""]
