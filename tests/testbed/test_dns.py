"""Does the name server answer as a name server should?"""

from typing import Any

import dns.exception
import dns.flags
import dns.message
import dns.query
import dns.rcode
import dns.rdatatype
import pytest

from launchready_testbed import Bed
from launchready_testbed.dns import answer, sound_zone


@pytest.fixture(params=["udp", "tcp"])
def ask(bed: Bed, request: pytest.FixtureRequest) -> Any:
    address, _, port = bed.nameserver.partition(":")
    send = dns.query.udp if request.param == "udp" else dns.query.tcp

    def ask(name: str, kind: str) -> dns.message.Message:
        return send(dns.message.make_query(name, kind), address, port=int(port), timeout=5)

    return ask


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("portal.lab.test", "A", "127.0.0.1"),
        ("PORTAL.Lab.Test", "A", "127.0.0.1"),
        ("lab.test", "NS", "ns1.lab.test."),
        ("lab.test", "CAA", '0 issue "ca.lab.test"'),
        ("old-portal.test", "MX", "0 ."),
        ("old-portal.test", "TXT", '"v=spf1 -all"'),
        ("old-portal.test", "A", "127.0.0.1"),
    ],
)
def test_records_are_served(ask: Any, name: str, kind: str, expected: str) -> None:
    reply = ask(name, kind)
    assert reply.rcode() == dns.rcode.NOERROR
    assert reply.flags & dns.flags.AA
    assert [str(record) for rrset in reply.answer for record in rrset] == [expected]


def test_an_absent_kind_is_an_empty_answer(ask: Any) -> None:
    reply = ask("portal.lab.test", "AAAA")
    assert reply.rcode() == dns.rcode.NOERROR
    assert not reply.answer
    assert reply.authority[0].rdtype == dns.rdatatype.SOA


def test_an_absent_name_does_not_exist(ask: Any) -> None:
    reply = ask("nothing.lab.test", "A")
    assert reply.rcode() == dns.rcode.NXDOMAIN
    assert reply.authority[0].rdtype == dns.rdatatype.SOA


def test_other_zones_are_refused(ask: Any) -> None:
    assert ask("example.com", "A").rcode() == dns.rcode.REFUSED


def test_an_outage_is_silence(bed: Bed) -> None:
    address, _, port = bed.nameserver.partition(":")
    query = dns.message.make_query("portal.lab.test", "A")
    bed.outage("dns")
    with pytest.raises(dns.exception.Timeout):
        dns.query.udp(query, address, port=int(port), timeout=0.3)
    with pytest.raises(dns.exception.Timeout):
        dns.query.tcp(query, address, port=int(port), timeout=0.3)
    bed.outage(None)
    assert dns.query.udp(query, address, port=int(port), timeout=5).answer


def _zone() -> Any:
    zone = sound_zone("a.test", "www.a.test", "deep.down.a.test")
    zone.add("alias.a.test", "CNAME", "www.a.test.")
    zone.add("away.a.test", "CNAME", "www.elsewhere.test.")
    zone.add("round.a.test", "CNAME", "round.a.test.")
    zone.trouble["broken.a.test"] = "servfail"
    zone.trouble["mute.a.test"] = "silence"
    return {"a.test": zone}


def test_aliases_are_followed_inside_the_zones_only() -> None:
    inside = answer(dns.message.make_query("alias.a.test", "A"), _zone())
    assert inside is not None
    assert [rrset.rdtype for rrset in inside.answer] == [dns.rdatatype.CNAME, dns.rdatatype.A]
    outside = answer(dns.message.make_query("away.a.test", "A"), _zone())
    assert outside is not None
    assert [rrset.rdtype for rrset in outside.answer] == [dns.rdatatype.CNAME]
    assert answer(dns.message.make_query("round.a.test", "A"), _zone()) is not None


def test_a_name_between_two_others_exists() -> None:
    reply = answer(dns.message.make_query("down.a.test", "A"), _zone())
    assert reply is not None
    assert reply.rcode() == dns.rcode.NOERROR
    assert not reply.answer


def test_trouble_can_be_made() -> None:
    broken = answer(dns.message.make_query("broken.a.test", "A"), _zone())
    assert broken is not None
    assert broken.rcode() == dns.rcode.SERVFAIL
    assert answer(dns.message.make_query("mute.a.test", "A"), _zone()) is None


def test_a_long_answer_is_cut_for_udp() -> None:
    from launchready_testbed.dns import UDP_PAYLOAD, NameServer

    zones = _zone()
    zones["a.test"].add("long.a.test", "TXT", *(f'"{number:0200}"' for number in range(6)))
    server = NameServer(lambda: zones)
    query = dns.message.make_query("long.a.test", "TXT").to_wire()
    short, whole = server.reply(query, UDP_PAYLOAD), server.reply(query, None)
    assert short is not None
    assert whole is not None
    assert len(short) <= UDP_PAYLOAD
    assert dns.message.from_wire(short).flags & dns.flags.TC
    assert len(dns.message.from_wire(whole).answer[0]) == 6
    assert server.reply(b"not a message", UDP_PAYLOAD) is None
