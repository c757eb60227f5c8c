"""What does the test bed's name server answer?

It serves the zones of the current world over UDP and TCP and refuses every other name.
"""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import dns.edns
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset

TTL = 60  # seconds
UDP_PAYLOAD = 512  # octets, for a client that does not say that it takes more (RFC 1035 section 4.2.1)
CNAME_CHAIN = 8  # names followed in one answer; a loop ends here

Trouble = Literal["silence", "servfail", "refused", "bogus", "bogus-told", "cut", "lame", "garbage"]
"""What a server may do instead of answering.

"bogus" is what a resolver that checks DNSSEC does with forged data: SERVFAIL, unless it is told not to check; with
"bogus-told" it says why. "cut" does not fit into a datagram, and is never answered over TCP. "lame" points to other servers.
"garbage" is no message at all.
"""


@dataclass
class Zone:
    """Records below one apex: `records["www.lab.test"]["A"] == ["127.0.0.1"]`; absolute names without final dot.

    A name may begin with "*." (RFC 4592). The apex "" is the root.
    """

    apex: str
    records: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    trouble: dict[str | tuple[str, str], Trouble] = field(default_factory=dict)
    """Names, or a name and a kind of record, whose questions end badly."""
    secure: bool = False
    """Whether the answers are called verified by DNSSEC, to who asks for that."""

    def add(self, name: str, kind: str, *values: str) -> None:
        """Adds records in the presentation format of zone files."""
        self.records.setdefault(name.lower(), {}).setdefault(kind, []).extend(values)

    def remove(self, name: str, kind: str | None = None) -> None:
        """Removes the records of `kind`, or all of `name`."""
        if kind is None:
            self.records.pop(name, None)
        else:
            self.records.get(name, {}).pop(kind, None)

    def holds(self, name: str) -> bool:
        """Whether `name` is at or below the apex."""
        return name == self.apex or name.endswith("." + self.apex)

    def ends_badly(self, name: str, kind: str) -> Trouble | None:
        """What happens to this question instead of an answer."""
        return self.trouble.get((name, kind)) or self.trouble.get(name)

    def exists(self, name: str) -> bool:
        """Whether `name` has records or is an empty non-terminal (RFC 8020)."""
        return name in self.records or any(each.endswith("." + name) for each in self.records)


def sound_zone(apex: str, *hosts: str) -> Zone:
    """A zone in good order: name server, SOA, CAA, and an address for the apex and each of `hosts`."""
    zone = Zone(apex)
    server = f"ns1.{apex}"
    zone.add(apex, "SOA", f"{server}. hostmaster.{apex}. 2026110101 7200 3600 1209600 {TTL}")
    zone.add(apex, "NS", f"{server}.")
    zone.add(apex, "CAA", f'0 issue "ca.{apex}"')
    zone.add(apex, "MX", "0 .")
    zone.add(apex, "TXT", '"v=spf1 -all"')
    for host in (apex, server, *hosts):
        zone.add(host, "A", "127.0.0.1")
    return zone


def answer(query: dns.message.Message, zones: dict[str, Zone]) -> dns.message.Message | None:
    """The reply to `query`, or None where the world wants silence."""
    reply = dns.message.make_response(query)
    if query.opcode() != dns.opcode.QUERY or len(query.question) != 1:
        reply.set_rcode(dns.rcode.NOTIMP)
        return reply
    question = query.question[0]
    name = question.name.to_text(omit_final_dot=True).lower()
    zone = _zone_of(name, zones)
    if zone is None:
        reply.set_rcode(dns.rcode.REFUSED)
        return reply
    kind = dns.rdatatype.to_text(question.rdtype)
    match zone.ends_badly(name, kind):
        case "silence":
            return None
        case "servfail":
            reply.set_rcode(dns.rcode.SERVFAIL)
        case "refused":
            reply.set_rcode(dns.rcode.REFUSED)
        case "bogus" | "bogus-told" as trouble if not query.flags & dns.flags.CD:
            reply.set_rcode(dns.rcode.SERVFAIL)
            if trouble == "bogus-told" and query.edns >= 0:
                reply.use_edns(
                    0, options=[dns.edns.EDEOption(dns.edns.EDECode.DNSSEC_BOGUS, "no valid signature")]
                )
        case "lame":
            reply.authority.append(_rrset(name.partition(".")[2], "NS", ["ns1.elsewhere.test."]))
        case _:
            reply.flags |= dns.flags.AA
            _fill(reply, name, kind, zones)
            if zone.secure and (query.flags & dns.flags.AD or query.ednsflags & dns.flags.DO):
                reply.flags |= dns.flags.AD
    return reply


def _zone_of(name: str, zones: dict[str, Zone]) -> Zone | None:
    """The deepest zone that holds `name`."""
    while name and name not in zones:
        name = name.partition(".")[2]
    return zones.get(name)


def _fill(reply: dns.message.Message, name: str, kind: str, zones: dict[str, Zone]) -> None:
    """Writes answer, authority and response code for `name`, following aliases inside our own zones."""
    for _ in range(CNAME_CHAIN):
        zone = _zone_of(name, zones)
        if zone is None or (reply.answer and zone.ends_badly(name, kind)):
            return  # the alias leads away: the resolver goes on from here
        records = zone.records.get(name) or _wildcard(zone, name)
        wanted = list(records) if kind == "ANY" else [kind]
        found = {each: records[each] for each in wanted if records.get(each)}
        alias = records.get("CNAME")
        if found:
            reply.answer.extend(_rrset(name, each, values) for each, values in found.items())
            return
        if alias:
            reply.answer.append(_rrset(name, "CNAME", alias))
            name = alias[0].removesuffix(".").lower()
            continue
        if not records and not zone.exists(name):
            reply.set_rcode(dns.rcode.NXDOMAIN)
        reply.authority.append(_rrset(zone.apex, "SOA", zone.records[zone.apex]["SOA"]))
        return


def _wildcard(zone: Zone, name: str) -> dict[str, list[str]]:
    """What the zone has for every name that is not there, next to the closest one that is (RFC 4592)."""
    above = name
    while not zone.exists(above):
        above = above.partition(".")[2]
        if not above:
            break
    return {} if above == name else zone.records.get(f"*.{above}", {})


def _rrset(name: str, kind: str, values: list[str]) -> dns.rrset.RRset:
    return dns.rrset.from_text_list(dns.name.from_text(name), TTL, dns.rdataclass.IN, kind, values)


class NameServer:
    """Serves what `zones()` returns at the moment of each question, on one port for UDP and TCP."""

    def __init__(self, zones: Callable[[], dict[str, Zone]]) -> None:
        self._zones = zones
        self._udp: asyncio.DatagramTransport | None = None
        self._tcp: asyncio.Server | None = None
        self._streams: set[asyncio.StreamWriter] = set()
        self.silent = False

    async def start(self, host: str) -> int:
        """Listens on a free port and returns it."""
        loop = asyncio.get_running_loop()
        last: OSError | None = None
        for _ in range(20):  # the TCP port that came may be taken for UDP
            self._tcp = await asyncio.start_server(self._stream, host, 0)
            port: int = self._tcp.sockets[0].getsockname()[1]
            try:
                self._udp, _ = await loop.create_datagram_endpoint(lambda: _Datagrams(self), (host, port))
            except OSError as error:
                last = error
                self._tcp.close()
                continue
            return port
        raise OSError("no port is free for both UDP and TCP") from last

    def close(self) -> None:
        """Stops listening and cuts open connections."""
        if self._udp:
            self._udp.close()
        if self._tcp:
            self._tcp.close()
        for stream in tuple(self._streams):
            stream.transport.abort()

    def reply(self, wire: bytes, limit: int | None) -> bytes | None:
        """The reply to one message, cut to `limit` octets (UDP) with the truncation flag set."""
        if self.silent:
            return None
        try:
            query = dns.message.from_wire(wire)
        except dns.exception.DNSException:
            return None
        zones = self._zones()
        trouble = _trouble_of(query, zones)
        if trouble == "garbage":
            return b"\x00\x01garbage"
        if trouble == "cut" and limit is None:
            return None
        message = answer(query, zones)
        if message is None:
            return None
        whole = message.to_wire(max_size=65535)
        if limit is None or (len(whole) <= max(limit, query.payload) and trouble != "cut"):
            return whole
        short = dns.message.make_response(query)
        short.flags |= dns.flags.TC | dns.flags.AA
        return short.to_wire()

    def send(self, reply: bytes, to: tuple[str, int]) -> None:
        """Sends one reply over UDP."""
        if self._udp:
            self._udp.sendto(reply, to)

    async def _stream(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One TCP connection: messages with a two-octet length before each (RFC 7766)."""
        self._streams.add(writer)
        try:
            while True:
                (size,) = struct.unpack("!H", await reader.readexactly(2))
                reply = self.reply(await reader.readexactly(size), None)
                if reply is not None:
                    writer.write(struct.pack("!H", len(reply)) + reply)
                    await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            return  # the client has what it wanted
        finally:
            self._streams.discard(writer)
            writer.close()


def _trouble_of(query: dns.message.Message, zones: dict[str, Zone]) -> Trouble | None:
    """What happens to the question of a message instead of an answer."""
    for question in query.question:
        name = question.name.to_text(omit_final_dot=True).lower()
        if (zone := _zone_of(name, zones)) is not None:
            return zone.ends_badly(name, dns.rdatatype.to_text(question.rdtype))
    return None


class _Datagrams(asyncio.DatagramProtocol):
    """UDP side of a name server."""

    def __init__(self, server: NameServer) -> None:
        self._server = server

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        reply = self._server.reply(data, UDP_PAYLOAD)
        if reply is not None:
            self._server.send(reply, addr)
