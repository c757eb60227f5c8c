"""One DMARC record: what it says, and what is wrong with how it is written (RFC 9989, and RFC 7489 before it)."""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from launchready.mailauth.tag_list import read_tags, shown

Level = Literal["none", "quarantine", "reject"]
LEVELS: tuple[Level, ...] = ("none", "quarantine", "reject")

_VERSION = re.compile(r"v[ \t]*=[ \t]*DMARC1[ \t]*(?:;|$)")
_NEARLY = re.compile(r"\W*v\s*=\s*\W*dmarc|.{0,10}dmarc1", re.IGNORECASE | re.DOTALL)
_SIZE_LIMIT = re.compile(r"!\d+[kmgt]?$", re.IGNORECASE)
_MAILTO = re.compile(r"mailto:", re.IGNORECASE)
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+"
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_ADDRESS = re.compile(rf"{_LOCAL}@({_LABEL}(?:\.{_LABEL})+)\.?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.+")


@dataclass(frozen=True, slots=True)
class ReportAddress:
    """One place that reports are to be sent to.

    Attributes:
        written: as the record has it.
        host: of the mail address, in lower case; empty where it is none.
        fault: what is wrong with it; empty where it is right.
    """

    written: str
    host: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class DmarcRecord:
    """A record that starts as a DMARC record must.

    Attributes:
        domain: that it is about, without `_dmarc`.
        text: as published.
        p, sp, np: levels asked for; None where the tag is missing, or has no such value.
        testing: t=y.
        pct: share of failing mail that RFC 7489 applies the policy to, in percent.
        psd: y, n or u.
        strict_dkim, strict_spf: alignment asked for.
        rua: where aggregate reports go.
        faults: what is wrong with it, in words.
        usable: whether receivers take a policy from it at all; where not, there is no DMARC.
    """

    domain: str
    text: str
    p: Level | None
    sp: Level | None = None
    np: Level | None = None
    testing: bool = False
    pct: int = 100
    psd: str = "u"
    strict_dkim: bool = False
    strict_spf: bool = False
    rua: tuple[ReportAddress, ...] = ()
    faults: tuple[str, ...] = ()
    usable: bool = True


def is_dmarc(text: str) -> bool:
    """Whether receivers take this TXT record for a DMARC record: the version comes first, and minds case."""
    return _VERSION.match(text) is not None


def is_nearly_dmarc(text: str) -> bool:
    """Whether a person meant this to be one, and receivers do not take it for one."""
    return not is_dmarc(text) and _NEARLY.match(text) is not None


def read_dmarc(domain: str, text: str) -> DmarcRecord:
    """Take apart a record for which `is_dmarc` holds. Unknown tags are ignored, as receivers must."""
    listed = read_tags(text)
    faults = list(listed.faults)
    tags = {name.lower(): value for name, value in listed.tags.items()}
    levels = {tag: _level(tags, tag, faults) for tag in ("p", "sp", "np")}
    rua = tuple(map(report_address, tags["rua"].split(","))) if tags.get("rua") else ()
    faults += [f"rua={shown(each.written)} {each.fault}" for each in rua if each.fault]
    if "p" not in tags:
        faults.append("the tag p is missing, so nothing is asked of receivers")
    broken = levels["p"] is None or any(tag in tags and levels[tag] is None for tag in ("sp", "np"))
    readable = any(each.host and not each.fault for each in rua)
    if broken:
        # What receivers do then, by both standards: with somebody to report to it counts as none, else as no record.
        levels = {"p": "none", "sp": None, "np": None}
    return DmarcRecord(
        domain,
        text,
        levels["p"],
        levels["sp"],
        levels["np"],
        testing=_one_of(tags, "t", ("n", "y"), faults) == "y",
        pct=_percent(tags, faults),
        psd=_one_of(tags, "psd", ("u", "y", "n"), faults),
        strict_dkim=_one_of(tags, "adkim", ("r", "s"), faults) == "s",
        strict_spf=_one_of(tags, "aspf", ("r", "s"), faults) == "s",
        rua=rua,
        faults=tuple(faults),
        usable=readable or not broken,
    )


def report_address(written: str) -> ReportAddress:
    """One entry of rua: a mail address with `mailto:`; a limit of size at its end is of RFC 7489 and does no harm."""
    written = written.strip()
    if not written:
        return ReportAddress(written, fault="is empty")
    uri = _SIZE_LIMIT.sub("", written)
    if not _MAILTO.match(uri):
        if _SCHEME.fullmatch(uri) and "@" not in uri:
            return ReportAddress(written, fault="is no mail address, and receivers send reports by mail only")
        return ReportAddress(written, fault="does not begin with mailto:, so receivers ignore it")
    address = unquote(uri[len("mailto:") :].partition("?")[0])
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return ReportAddress(written, fault="holds no mail address")
    return ReportAddress(written, found[1].lower())


def _level(tags: dict[str, str], tag: str, faults: list[str]) -> Level | None:
    value = tags.get(tag)
    if value is None:
        return None
    for level in LEVELS:
        if value.lower() == level:
            return level
    faults.append(f"{tag}={shown(value)} is none of none, quarantine and reject")
    return None


def _one_of(tags: dict[str, str], tag: str, values: tuple[str, ...], faults: list[str]) -> str:
    """The value of a tag; the first of `values` where it is missing, or wrong, as receivers take it then."""
    value = tags.get(tag, values[0]).lower()
    if value in values:
        return value
    faults.append(f"{tag}={shown(value)} is none of {', '.join(values)}")
    return values[0]


def _percent(tags: dict[str, str], faults: list[str]) -> int:
    value = tags.get("pct", "100")
    if re.fullmatch(r"\d{1,3}", value) and int(value) <= 100:
        return int(value)
    faults.append(f"pct={shown(value)} is no number from 0 to 100")
    return 100
