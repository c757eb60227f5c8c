"""Whether a sender may use a domain: check_host of RFC 7208, pure, over the answers of name servers at hand."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from itertools import islice

from launchready.evidence.dns import Answer
from launchready.evidence.letters import Result
from launchready.mailauth.known import Known
from launchready.mailauth.spf_macros import as_name, expand
from launchready.mailauth.spf_record import (
    MalformedError,
    Mechanism,
    Record,
    is_explanation,
    is_record,
    parse,
)

MOST_LOOKUPS = 10
"""Terms that ask name servers, in all (section 4.6.4)."""
MOST_VOID = 2
"""Questions to which there is no record."""
MOST_NAMES = 10
"""Hosts of one mx or ptr."""
RESULTS: dict[str, Result] = {"+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}
_Address = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a receiver makes of one sender.

    Attributes:
        result: of the seven; temperror means that it could not be told.
        reason: the term that decided, or what is wrong, in words.
        untold: the question without an answer, for temperror.
        explanation: what the domain has to say of a fail; empty where it says nothing.
    """

    result: Result
    reason: str
    untold: Answer | None = None
    explanation: str = ""


class _Error(Exception):
    """The evaluation ends here, whatever is around it."""

    def __init__(self, judgement: Judgement) -> None:
        super().__init__(judgement.reason)
        self.judgement = judgement


def check_sender(known: Known, ip: str, mail_from: str, helo: str = "") -> Judgement:
    """Judge the envelope sender of a mail, or its HELO name where the sender is empty.

    Args:
        known: answers at hand.
        ip: of the host that gave the mail to the receiver.
        mail_from: address in MAIL FROM, without angle brackets.
        helo: name in HELO or EHLO.

    Raises:
        NotKnown: an answer is needed that is not at hand.
    """
    local, _, domain = (mail_from or helo).rpartition("@")
    address = ip_address(ip)
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return _Check(known, address, local or "postmaster", domain, helo).judged(domain)


class _Check:
    """One evaluation with its counts, which its includes and redirects share."""

    def __init__(self, known: Known, ip: _Address, local: str, sender_domain: str, helo: str) -> None:
        self._known = known
        self._ip = ip
        self._local = local
        self._sender_domain = sender_domain
        self._helo = helo
        self._lookups = 0
        self._void = 0

    def judged(self, domain: str) -> Judgement:
        try:
            return self._domain(domain, included=False)
        except _Error as error:
            return error.judgement

    def _domain(self, domain: str, *, included: bool) -> Judgement:
        """check_host for one domain, the first or one that a record led to."""
        name = as_name(domain)
        if "." not in name:
            return Judgement("none", f"{domain or 'the empty name'} is no domain that could have a record")
        texts = [text for text in self._ask(name, "TXT") if is_record(text)]
        if not texts:
            return Judgement("none", f"{name} has no SPF record")
        if len(texts) > 1:
            raise _Error(Judgement("permerror", f"{name} has {len(texts)} SPF records"))
        try:
            record = parse(texts[0])
        except MalformedError as error:
            raise _Error(Judgement("permerror", f"the SPF record of {name}: {error}")) from None
        return self._record(record, name, included=included)

    def _record(self, record: Record, domain: str, *, included: bool) -> Judgement:
        for mechanism in record.mechanisms:
            if self._matches(mechanism, domain):
                result = RESULTS[mechanism.qualifier]
                found = Judgement(result, f"{mechanism.text} of {domain}")
                if result == "fail" and record.explanation and not included:
                    return replace(found, explanation=self._explanation(record.explanation, domain))
                return found
        if not record.redirect:
            return Judgement("neutral", f"nothing in the record of {domain} says more")
        self._count()
        target = self._expanded(record.redirect, domain)
        found = self._domain(target, included=included)
        if found.result == "none":
            raise _Error(Judgement("permerror", f"redirect={target} of {domain}: {found.reason}"))
        return found

    def _matches(self, mechanism: Mechanism, domain: str) -> bool:
        if mechanism.name == "all":
            return True
        if mechanism.network is not None:
            return self._ip in mechanism.network
        self._count()
        target = self._expanded(mechanism.spec, domain) if mechanism.spec else domain
        match mechanism.name:
            case "include":
                return self._includes(target, domain)
            case "exists":
                return bool(self._addresses(target, "A"))
            case "a":
                return self._near(self._addresses(target), mechanism)
            case "mx":
                return any(self._near(addresses, mechanism) for addresses in self._exchangers(target))
            case _:
                return any(_is_below(name, target.lower().rstrip(".")) for name in self._own_names())

    def _includes(self, target: str, domain: str) -> bool:
        found = self._domain(target, included=True)
        if found.result == "none":
            raise _Error(Judgement("permerror", f"include:{target} of {domain}: {found.reason}"))
        return found.result == "pass"

    def _near(self, addresses: list[_Address], mechanism: Mechanism) -> bool:
        length = mechanism.length4 if self._ip.version == 4 else mechanism.length6
        return any(self._ip in ip_network((each, length), strict=False) for each in addresses)

    def _exchangers(self, domain: str) -> Iterator[list[_Address]]:
        """The addresses of each host that takes mail for a domain."""
        hosts = [text.partition(" ")[2] for text in self._ask_void(domain, "MX")]
        if len(hosts) > MOST_NAMES:
            raise _Error(Judgement("permerror", f"{domain} has {len(hosts)} MX records"))
        self._known.want(*((name, self._kind) for host in hosts if (name := as_name(host))))
        for host in hosts:
            yield self._addresses(host)

    def _own_names(self) -> Iterator[str]:
        """Names of the sending host that lead back to its address; what cannot be told is none (section 5.5)."""
        pointer = self._ip.reverse_pointer
        answer = self._known.look_up(pointer, "PTR")
        if answer.outcome != "present":
            self._void_one(answer)
            return
        names = [record.rstrip(".").lower() for record in islice(answer.records, MOST_NAMES)]
        self._known.want(*((name, self._kind) for name in names))
        for name in names:
            found = self._known.look_up(name, self._kind)
            if any(ip_address(each) == self._ip for each in found.records):
                yield name

    @property
    def _kind(self) -> str:
        return "A" if self._ip.version == 4 else "AAAA"

    def _addresses(self, written: str, kind: str = "") -> list[_Address]:
        return [ip_address(each) for each in self._ask_void(written, kind or self._kind)]

    def _ask_void(self, written: str, kind: str) -> tuple[str, ...]:
        """Records; that there are none is counted."""
        name = as_name(written)
        if not name:
            return ()
        answer = self._known.look_up(name, kind)
        records = self._told(answer)
        self._void_one(answer)
        return records

    def _ask(self, name: str, kind: str) -> tuple[str, ...]:
        return self._told(self._known.look_up(name, kind))

    @staticmethod
    def _told(answer: Answer) -> tuple[str, ...]:
        if answer.why is not None:
            raise _Error(Judgement("temperror", answer.why.detail, untold=answer))
        return answer.records

    def _void_one(self, answer: Answer) -> None:
        if answer.outcome == "absent":
            self._void += 1
            if self._void > MOST_VOID:
                raise _Error(Judgement("permerror", f"more than {MOST_VOID} look-ups found nothing"))

    def _count(self) -> None:
        self._lookups += 1
        if self._lookups > MOST_LOOKUPS:
            raise _Error(Judgement("permerror", f"more than {MOST_LOOKUPS} look-ups are needed"))

    def _expanded(self, spec: str, domain: str) -> str:
        return expand(spec, lambda letter: self._macro(letter, domain))

    def _macro(self, letter: str, domain: str) -> str:
        """What a macro letter stands for (section 7.2)."""
        if letter == "p":
            return self._best_name(domain)
        return {
            "s": f"{self._local}@{self._sender_domain}",
            "l": self._local,
            "o": self._sender_domain,
            "d": domain,
            "h": self._helo,
            "v": "in-addr" if self._ip.version == 4 else "ip6",
            "i": str(self._ip)
            if self._ip.version == 4
            else ".".join(self._ip.exploded.replace(":", "")).upper(),
            "c": str(self._ip),
            "r": "unknown",
            "t": "0",
        }[letter]

    def _best_name(self, domain: str) -> str:
        """The validated name of the sending host for %{p}: the domain itself, else one below it, else any."""
        names = list(self._own_names())
        below = [name for name in names if _is_below(name, domain)]
        return domain if domain in names else next(iter(below or names), "unknown")

    def _explanation(self, spec: str, domain: str) -> str:
        """The text to which `exp=` leads; empty where there is none that can be read (section 6.2)."""
        name = as_name(self._expanded(spec, domain))
        texts = self._known.look_up(name, "TXT").records if name else ()
        if len(texts) != 1 or not is_explanation(texts[0]):
            return ""
        return self._expanded(texts[0], domain)


def _is_below(name: str, domain: str) -> bool:
    return name == domain or name.endswith("." + domain)
