"""How do the bed's mail providers judge a letter? By pyspf, dkimpy and a small DMARC, over the bed's own zones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from email.message import EmailMessage
from ipaddress import ip_address
from typing import Any

import dkim
import dns.exception
import dns.flags
import dns.message
import dns.rdatatype

import spf
from launchready_testbed.dns import Zone, answer

LONGEST_CHAIN = 8  # aliases
WEAKER = {"reject": "quarantine", "quarantine": "none"}


@dataclass(frozen=True)
class Verdicts:
    """What a provider finds; results in the words of RFC 8601."""

    spf: str = "none"
    spf_domain: str = ""
    """Domain of the envelope sender, or of HELO where there is none."""
    dkim: tuple[tuple[str, str, str], ...] = ()
    """Domain, selector and result of each signature."""
    dmarc: str = "none"
    policy: str = "none"
    """What the domain in From asks receivers to do with what fails: none, quarantine or reject."""
    from_domain: str = ""

    @property
    def authenticated(self) -> bool:
        """Whether anybody at all answers for the letter."""
        return self.spf == "pass" or any(result == "pass" for _, _, result in self.dkim)


class _UntoldError(Exception):
    """The name server gave no answer."""


class _Names:
    """The zones, as a resolver shows them."""

    def __init__(self, zones: Mapping[str, Zone]) -> None:
        self._zones = dict(zones)

    def records(self, name: str, kind: str) -> list[Any]:
        """The records; none where there are none. Raises _UntoldError."""
        wanted = dns.rdatatype.from_text(kind)
        for _ in range(LONGEST_CHAIN):
            if any(zone.ends_badly(name, kind) for zone in self._zones.values()):
                break
            reply = answer(dns.message.make_query(name, kind), self._zones)
            if reply is None or not reply.flags & dns.flags.AA:
                break
            found = [record for each in reply.answer if each.rdtype == wanted for record in each]
            if found or not reply.answer:
                return found
            # An alias that leads into another zone: a resolver goes on from there.
            name = reply.answer[-1][0].target.to_text(omit_final_dot=True).lower()
        raise _UntoldError(name)

    def text(self, name: str) -> list[str]:
        """The TXT records, the strings of each joined."""
        return [b"".join(record.strings).decode("latin-1") for record in self.records(name, "TXT")]


def judge(
    raw: bytes, message: EmailMessage, zones: Mapping[str, Zone], *, source: str, helo: str, sender: str
) -> Verdicts:
    """What there is to find about a letter that came from `source`, whose envelope names `sender`."""
    names = _Names(zones)
    spf_domain = (sender.rpartition("@")[2] or helo).lower()
    found = Verdicts(
        spf=_spf(names, source, helo, sender),
        spf_domain=spf_domain,
        dkim=_signatures(raw, names),
        from_domain=_from_domain(message),
    )
    dmarc, policy = _dmarc(found, names)
    return replace(found, dmarc=dmarc, policy=policy)


def _spf(names: _Names, source: str, helo: str, sender: str) -> str:
    def look_up(name: str, kind: str, *_: Any, **__: Any) -> list[tuple[tuple[str, str], Any]]:
        try:
            records = names.records(name, kind)
        except _UntoldError:
            raise spf.TempError("DNS") from None
        except dns.exception.DNSException:  # a name that cannot be asked for has no records
            records = []
        return [((name, kind), _as_pyspf(record, kind)) for record in records]

    spf.DNSLookup = look_up  # the only way to give pyspf a resolver; nothing else runs until it is done
    result: str = spf.check2(str(ip_address(source)), sender, helo)[0]
    return result


def _as_pyspf(record: Any, kind: str) -> Any:
    """A record as pyspf takes it from its own resolver."""
    if kind == "MX":
        return (record.preference, record.exchange.to_text(omit_final_dot=True))
    if kind == "PTR":
        return record.target.to_text(omit_final_dot=True)
    return record.strings if kind == "TXT" else record.to_text()


def _signatures(raw: bytes, names: _Names) -> tuple[tuple[str, str, str], ...]:
    """Domain, selector and result of each DKIM signature, the topmost first."""
    head = raw.partition(b"\r\n\r\n")[0].lower()
    count = (b"\r\n" + head).count(b"\r\ndkim-signature:")
    return tuple(_signature(raw, place, names) for place in range(count))


def _signature(raw: bytes, place: int, names: _Names) -> tuple[str, str, str]:
    checked = dkim.DKIM(raw)
    keys: list[str] = []

    def text(name: bytes, timeout: float = 0) -> bytes | None:
        keys.extend(names.text(name.decode().rstrip(".")))
        return keys[0].encode("latin-1") if keys else None

    try:
        good = checked.verify(place, dnsfunc=text)
    except _UntoldError:
        result = "temperror"
    except dkim.DKIMException as error:
        # dkimpy has the same kind of error for a signature that cannot be read and for a body that was changed.
        result = "fail" if "body hash" in str(error) else "permerror"
    else:
        # For it, a signature without a key in DNS is a bad one.
        result = "pass" if good else "fail" if keys else "permerror"
    domain = (checked.domain or b"").decode("ascii", "replace").lower()
    return domain, (checked.selector or b"").decode("ascii", "replace"), result


def _from_domain(message: EmailMessage) -> str:
    """Domain of the one author; empty where there is not exactly one."""
    field: Any = message["From"]
    addresses: tuple[Any, ...] = field.addresses if field is not None else ()
    return addresses[0].domain.lower() if len(addresses) == 1 else ""


def _dmarc(found: Verdicts, names: _Names) -> tuple[str, str]:
    """Result and policy."""
    try:
        exact = _policy_at(found.from_domain, names)
        tags = exact or _policy_at(registered(found.from_domain), names)
    except _UntoldError:
        return "temperror", "none"
    if not tags:
        return "none", "none"
    policy = tags.get("p", "none")
    if not exact:
        policy = tags.get("sp", policy)
    if tags.get("t") == "y" or tags.get("pct") == "0":
        policy = WEAKER.get(policy, "none")
    strict = {"spf": tags.get("aspf") == "s", "dkim": tags.get("adkim") == "s"}
    signers = [domain for domain, _, result in found.dkim if result == "pass"]
    passed = any(_aligned(each, found.from_domain, strict=strict["dkim"]) for each in signers)
    if found.spf == "pass":
        passed = passed or _aligned(found.spf_domain, found.from_domain, strict=strict["spf"])
    return "pass" if passed else "fail", policy


def _policy_at(domain: str, names: _Names) -> dict[str, str]:
    """The tags of the one DMARC record of a domain; empty where there is not exactly one."""
    records = [
        each for each in names.text(f"_dmarc.{domain}") if each.replace(" ", "").startswith("v=DMARC1")
    ]
    if len(records) != 1:
        return {}
    pairs = (each.partition("=") for each in records[0].split(";") if "=" in each)
    return {name.strip().lower(): value.strip().lower() for name, _, value in pairs}


def _aligned(domain: str, author: str, *, strict: bool) -> bool:
    return domain == author or (not strict and registered(domain) == registered(author))


def registered(domain: str) -> str:
    """The part that somebody registered; the bed's names all lie right below a top-level domain."""
    return ".".join(domain.split(".")[-2:])
