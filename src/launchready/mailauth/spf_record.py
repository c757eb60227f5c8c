"""SPF records as RFC 7208 section 12 writes them: from text to terms."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network

_MACRO = r"%\{[slodiphcrtv](?:0{0,2}[1-9]\d{0,2})?r?[.\-+,/_=]*\}|%%|%_|%-"
_TOKEN = rf"{_MACRO}|[!-$&-~]++"
_MACRO_TEXT = re.compile(rf"(?:{_TOKEN})*+", re.IGNORECASE)
_TOKENS = re.compile(_TOKEN, re.IGNORECASE)
_LETTERS = re.compile(r"%\{([a-z])", re.IGNORECASE)
_DIRECTIVE = re.compile(r"([-+~?]?)([a-z][a-z0-9]*)(?::(.*))?", re.IGNORECASE)
_TOP_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", re.IGNORECASE)
_LONGEST_SHOWN = 100
_MODIFIER = re.compile(r"([a-z][a-z0-9_.\-]*)=(.*)", re.IGNORECASE)
_LENGTHS = re.compile(r"(?:/(0|[1-9]\d?))?(?://(0|[1-9]\d{0,2}))?")
_PLAIN_NETWORK = re.compile(r"[0-9a-f.:]+(?:/(?:0|[1-9]\d{0,2}))?", re.IGNORECASE)
_VERSION = re.compile(r"v=spf1(?: |$)", re.IGNORECASE)
_ONLY_IN_EXPLANATIONS = frozenset("crt")


class MalformedError(ValueError):
    """A record, or one term of it, that receivers answer with permerror; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One mechanism with its qualifier.

    Attributes:
        text: as it stands in the record.
        qualifier: one of + - ~ ?.
        name: in lower case.
        spec: domain-spec with its macros; empty where the present domain is meant.
        network: of ip4 and ip6.
        length4, length6: how many bits must agree, for a and mx.
    """

    text: str
    qualifier: str
    name: str
    spec: str = ""
    network: IPv4Network | IPv6Network | None = None
    length4: int = 32
    length6: int = 128


@dataclass(frozen=True, slots=True)
class Record:
    """A record that can be evaluated.

    Attributes:
        mechanisms: in order.
        redirect, explanation: domain-specs of the modifiers; empty where there is none.
    """

    mechanisms: tuple[Mechanism, ...]
    redirect: str = ""
    explanation: str = ""

    @property
    def lets_nobody_send(self) -> bool:
        """Whether it is that of a domain without mail, as `v=spf1 -all`."""
        return not self.redirect and all(each.qualifier == "-" for each in self.mechanisms)


def is_record(text: str) -> bool:
    """Whether a receiver takes this TXT record for one of SPF, be it well formed or not."""
    return _VERSION.match(text) is not None


def parse(text: str) -> Record:
    """Read a record for which `is_record` holds.

    Raises:
        MalformedError: it breaks the grammar.
    """
    mechanisms: list[Mechanism] = []
    modifiers: dict[str, str] = {}
    for term in filter(None, text.split(" ")[1:]):
        if modifier := _MODIFIER.fullmatch(term):
            _take(modifiers, modifier[1].lower(), modifier[2], term)
        else:
            mechanisms.append(_mechanism(term))
    return Record(tuple(mechanisms), modifiers.get("redirect", ""), modifiers.get("exp", ""))


def has_macros(spec: str) -> bool:
    """Whether a domain-spec says another name for each sender."""
    return "%{" in spec and any(letter.lower() != "d" for letter in _LETTERS.findall(spec))


def is_explanation(text: str) -> bool:
    """Whether this is what `exp=` may lead to: ASCII with macros that there are."""
    return all(map(_MACRO_TEXT.fullmatch, text.split(" ")))


def _take(modifiers: dict[str, str], name: str, value: str, term: str) -> None:
    if name not in ("redirect", "exp"):
        if not _MACRO_TEXT.fullmatch(value):
            raise MalformedError(f"“{_shown(term)}” has a value that cannot be read")
        return
    if name in modifiers:
        raise MalformedError(f"“{name}=” stands there twice")
    _check_spec(value, term)
    modifiers[name] = value


def _mechanism(term: str) -> Mechanism:
    bare, lengths = _without_lengths(term)
    found = _DIRECTIVE.fullmatch(bare)
    if not found:
        raise MalformedError(f"“{_shown(term)}” is neither a mechanism nor a modifier")
    qualifier, name, spec = found[1] or "+", found[2].lower(), found[3]
    match name:
        case "all":
            if spec is not None or lengths:
                raise MalformedError(f"“{_shown(term)}”: all takes nothing more")
            return Mechanism(term, qualifier, name)
        case "ip4" | "ip6":
            network = _network(term, name, (spec or "") + lengths)
            return Mechanism(term, qualifier, name, network=network)
        case "include" | "exists" | "ptr":
            if spec is not None or name != "ptr" or lengths:
                spec = (spec or "") + lengths
                _check_spec(spec, term)
            return Mechanism(term, qualifier, name, spec or "")
        case "a" | "mx":
            return _address_mechanism(term, qualifier, name, spec, lengths)
    raise MalformedError(f"“{_shown(term)}”: there is no mechanism {name}")


def _without_lengths(term: str) -> tuple[str, str]:
    """A term, and what stands at its end of slashes and digits, from the first slash on; in time linear to the term."""
    rest = term.rstrip("0123456789/")
    slash = term.find("/", len(rest))
    return (term, "") if slash < 0 else (term[:slash], term[slash:])


def _address_mechanism(term: str, qualifier: str, name: str, spec: str | None, lengths: str) -> Mechanism:
    found = _LENGTHS.fullmatch(lengths)
    if not found or int(found[1] or 32) > 32 or int(found[2] or 128) > 128:
        raise MalformedError(f"“{_shown(term)}” has a prefix length that there is not")
    if spec is not None:
        _check_spec(spec, term)
    return Mechanism(
        term, qualifier, name, spec or "", length4=int(found[1] or 32), length6=int(found[2] or 128)
    )


def _network(term: str, name: str, written: str) -> IPv4Network | IPv6Network:
    kind = IPv4Network if name == "ip4" else IPv6Network
    try:
        if _PLAIN_NETWORK.fullmatch(written):
            return kind(written, strict=False)
    except ValueError:
        pass
    raise MalformedError(f"“{_shown(term)}” is no IPv{name[2]} network")


def _check_spec(spec: str, term: str) -> None:
    if not _MACRO_TEXT.fullmatch(spec) or not _ends_in_domain(spec):
        raise MalformedError(f"“{_shown(term)}” names no domain")
    if _ONLY_IN_EXPLANATIONS.intersection(letter.lower() for letter in _LETTERS.findall(spec)):
        raise MalformedError(f"“{_shown(term)}” uses a macro that is for explanations only")


def _ends_in_domain(spec: str) -> bool:
    """Whether the end is a macro, or a dot and a top-level label."""
    last = (_TOKENS.findall(spec) or [""])[-1]
    if last.startswith("%"):
        return True
    _, dot, label = last.removesuffix(".").rpartition(".")
    return bool(dot) and _TOP_LABEL.fullmatch(label) is not None and not label.isdigit()


def _shown(term: str) -> str:
    """As much of a term as a sentence can hold."""
    return term if len(term) <= _LONGEST_SHOWN else f"{term[:_LONGEST_SHOWN]}…"
