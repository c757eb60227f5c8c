"""What a reply of a name server says: where aliases lead, the records, and why there are none."""

from collections.abc import Iterator

import dns.edns
import dns.flags
import dns.message
import dns.name
import dns.rdatatype
import dns.rdtypes.txtbase
import dns.rrset

LONGEST_ALIAS_CHAIN = 16


def chain(
    message: dns.message.Message, name: dns.name.Name, kind: dns.rdatatype.RdataType
) -> tuple[list[dns.name.Name], dns.rrset.RRset | None]:
    """Where the aliases in this reply lead, and the records at their end if they stand there."""
    found = {(each.name, each.rdtype): each for each in message.answer}
    steps: list[dns.name.Name] = []
    while (records := found.get((name, kind))) is None:
        alias = found.get((name, dns.rdatatype.CNAME))
        if alias is None or len(steps) > LONGEST_ALIAS_CHAIN:
            return steps, None
        name = alias[0].target
        steps.append(name)
    return steps, records


def is_negative(message: dns.message.Message) -> bool:
    """Whether the reply says that there is nothing, rather than leaving the rest to us (RFC 2308)."""
    return any(each.rdtype == dns.rdatatype.SOA for each in message.authority)


def is_referral(message: dns.message.Message) -> bool:
    """Whether the server neither knows nor looks the name up, but names others that may (a lame delegation)."""
    knows = dns.flags.AA | dns.flags.RA
    return not message.flags & knows and any(each.rdtype == dns.rdatatype.NS for each in message.authority)


def presented(records: dns.rrset.RRset) -> Iterator[str]:
    """Records as zone files write them; the strings of a TXT record joined, each octet one character."""
    for each in records:
        if isinstance(each, dns.rdtypes.txtbase.TXTBase):
            yield b"".join(each.strings).decode("latin-1")
        else:
            yield each.to_text()


def extended_codes(reply: dns.message.Message) -> tuple[int, ...]:
    """Extended errors in the reply (RFC 8914)."""
    return tuple(each.code for each in reply.options if isinstance(each, dns.edns.EDEOption))


def extended_words(reply: dns.message.Message) -> str:
    """The same in words, as far as the server gives any."""
    for each in reply.options:
        if isinstance(each, dns.edns.EDEOption):
            text = "".join(c for c in each.text or "" if c.isprintable())[:120]
            return f" (extended error {int(each.code)}{': ' + text if text else ''})"
    return ""
