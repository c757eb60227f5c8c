"""Questions to name servers: what they said, or what kept us from an answer. "There is none" is never taken for silence.

Each question goes over UDP, and again over TCP where the answer was cut short. A server that fails is asked once more
without checking of signatures: if it knows the answer then, it was DNSSEC that made it fail.
"""

import asyncio
from collections.abc import Sequence
from ipaddress import ip_address
from time import perf_counter

import dns.edns
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rdtypes.txtbase
import dns.resolver
import dns.rrset

from launchready.errors import Refused
from launchready.evidence import Missing
from launchready.evidence.dns import Answer
from launchready.verdict import Cause
from launchready.wire.dns_exchange import TruncatedError, exchange, question
from launchready.wire.dns_reply import (
    LONGEST_ALIAS_CHAIN,
    chain,
    extended_codes,
    extended_words,
    is_negative,
    is_referral,
    presented,
)
from launchready.wire.gate import Gate

_PORT = 53
_AT_ONCE = 64
"""Questions under way: more, and small resolvers begin to drop them."""
_DEAF_AFTER = 3
"""Questions in vain, after which little is waited for servers that have never said a word."""
_LITTLE = 0.1
"""Part of the patience that is left for them."""
_WAITS = (0.2, 0.3, 0.5)
"""Parts of the whole patience, for one server each round."""
_BOGUS = frozenset(range(6, 13))
"""Extended errors (RFC 8914) that say that signatures do not hold."""
_ANSWERED = (dns.rcode.NOERROR, dns.rcode.NXDOMAIN)
_WITHOUT_EDNS = (dns.rcode.FORMERR, dns.rcode.NOTIMP, dns.rcode.BADVERS)
_AGAIN = "run the audit again when the name servers answer"
_SETTLE = {
    "bogus": "have whoever runs the zone mend its DNSSEC signatures, then run the audit again",
    "loop": "have the CNAME records lead to a name with records, then run the audit again",
    "malformed": "correct the name",
    "no name server": "give [resolver] nameservers",
}
_MOST_TELLING = (
    "bogus",
    "loop",
    "truncated",
    "servfail",
    "refused",
    "malformed",
    "timeout",
    "no name server",
)


class _Trouble(Exception):
    """What went wrong with one question to one server."""

    def __init__(self, kind: str, said: str) -> None:
        super().__init__(said)
        self.kind, self.said = kind, said


class NameServers:
    """The name servers of one run, and what they have said in it so far."""

    def __init__(self, gate: Gate, written: Sequence[str]) -> None:
        """Take those written down as `ip`, `ip:port` or `[ip6]:port`; where there are none, the system's."""
        self._gate = gate
        self._written = written
        self._servers: tuple[tuple[str, int], ...] | None = None
        self._said: dict[tuple[str, str], Answer] = {}
        self._asking: dict[tuple[str, str], asyncio.Lock] = {}
        self._turn = asyncio.Semaphore(_AT_ONCE)
        self._heard = False
        """Whether a server has ever answered in this run."""
        self._in_vain = 0
        """Questions that nobody answered before one was."""

    async def ask(self, name: str, kind: str, patience: float, *, journal: bool = True) -> Answer:
        """The answer to one question; asked once in a run, however often it is wanted.

        Args:
            name: in the presentation format of zone files, with or without the final dot.
            kind: of record, such as "TXT".
            patience: seconds in all.
            journal: whether the question is charged to the run's budget and written down.

        Raises:
            StoreError: the journal cannot be written.
        """
        question = (name.lower().removesuffix("."), kind.upper())
        async with self._asking.setdefault(question, asyncio.Lock()):
            known = self._said.get(question)
            if known is None:
                known = await self._asked(*question, patience, journal=journal)
                self._said[question] = known
        return known

    async def _asked(self, name: str, kind: str, patience: float, *, journal: bool) -> Answer:
        if not journal:
            return await self._answered(name, kind, patience)
        try:
            self._gate.spend(requests=1)
        except Refused as refused:
            why = Missing(Cause.NO_CONSENT, f"{kind} of {name}: {refused}", refused.settle_by)
            return Answer(name, kind, "untold", why=why, trouble="not asked")
        begun = perf_counter()
        answer = await self._answered(name, kind, patience)
        self._gate.journal(
            "DNS",
            f"dns:{name}?type={kind}",
            error=answer.trouble,
            milliseconds=(perf_counter() - begun) * 1000,
            size=sum(map(len, answer.records)),
            address=", ".join(address for address, _ in self._servers or ()),
        )
        return answer

    async def _answered(self, name: str, kind: str, patience: float) -> Answer:
        try:
            absolute = dns.name.from_text(name)
            wanted = dns.rdatatype.from_text(kind)
        except (dns.exception.DNSException, ValueError) as error:
            return _untold(name, kind, _Trouble("malformed", f"it is no name ({type(error).__name__})"))
        async with self._turn:
            if not self._heard and self._in_vain >= _DEAF_AFTER:
                patience *= _LITTLE
            try:
                answer = await self._followed(name, kind, absolute, wanted, perf_counter() + patience)
            except _Trouble as trouble:
                self._in_vain += trouble.kind == "timeout"
                self._heard = self._heard or trouble.kind != "timeout"
                return _untold(name, kind, trouble)
            self._heard = True
            return answer

    async def _followed(
        self, name: str, kind: str, absolute: dns.name.Name, wanted: dns.rdatatype.RdataType, end: float
    ) -> Answer:
        """The answer at the end of all aliases, those included that the server left to us to follow."""
        aliases: list[str] = []
        passed, secure = {absolute}, True
        while True:
            message = await self._reply(absolute, wanted, end)
            secure = secure and bool(message.flags & dns.flags.AD)
            steps, found = chain(message, absolute, wanted)
            for step in steps:
                aliases.append(step.to_text(omit_final_dot=True).lower())
                if step in passed or len(aliases) > LONGEST_ALIAS_CHAIN:
                    raise _Trouble("loop", f"its aliases never end ({' -> '.join(aliases[:4])} …)")
                passed.add(step)
            missing = message.rcode() == dns.rcode.NXDOMAIN
            if found is None and not steps and not missing and is_referral(message):
                raise _Trouble("lame", "the name server knows nothing of the zone and points elsewhere")
            if found is None and steps and not missing and not is_negative(message):
                absolute = steps[-1]
                continue
            records = tuple(sorted(presented(found))) if found else ()
            return Answer(
                name,
                kind,
                "present" if records else "absent",
                records,
                tuple(aliases),
                no_such_name=missing and not aliases,
                secure=secure,
            )

    async def _reply(
        self, name: dns.name.Name, kind: dns.rdatatype.RdataType, end: float
    ) -> dns.message.Message:
        """What the first server says that says anything; else the most telling trouble is raised."""
        troubles = [_Trouble("timeout", "no name server answered in time")]
        patience = end - perf_counter()
        servers = self._configured()
        for part in _WAITS:
            for server in servers:
                wait = min(patience * part / len(servers), end - perf_counter())
                if wait <= 0 or troubles[-1].kind == "bogus":
                    break
                try:
                    return await _exchange(name, kind, server, wait)
                except _Trouble as trouble:
                    troubles.append(trouble)
        raise min(troubles, key=lambda each: _MOST_TELLING.index(each.kind))

    def _configured(self) -> tuple[tuple[str, int], ...]:
        if self._servers is None:
            if self._written:
                self._servers = tuple(map(_place, self._written))
            else:
                try:
                    system = dns.resolver.Resolver()
                except dns.resolver.NoResolverConfiguration:
                    raise _Trouble("no name server", "this machine has no name servers") from None
                self._servers = tuple((str(each), system.port) for each in system.nameservers)
        if not self._servers:
            raise _Trouble("no name server", "this machine has no name servers")
        return self._servers


async def _exchange(
    name: dns.name.Name, kind: dns.rdatatype.RdataType, server: tuple[str, int], wait: float
) -> dns.message.Message:
    """One server's usable reply; anything else is raised as trouble."""
    asks = dns.flags.RD | dns.flags.AD
    reply = await _sent(question(name, kind, asks), server, wait)
    if reply.rcode() in _WITHOUT_EDNS:
        reply = await _sent(question(name, kind, asks, edns=False), server, wait)
    if reply.rcode() in _ANSWERED:
        return reply
    if reply.rcode() != dns.rcode.SERVFAIL:
        word = dns.rcode.to_text(reply.rcode())
        raise _Trouble("refused", f"the name server answers {word}{extended_words(reply)}")
    if any(extended_codes(reply)):
        if _BOGUS.intersection(extended_codes(reply)):
            raise _Trouble(
                "bogus", f"its signatures do not hold, says the name server{extended_words(reply)}"
            )
        raise _Trouble("servfail", f"the name server answers SERVFAIL{extended_words(reply)}")
    unchecked = await _sent(question(name, kind, dns.flags.RD | dns.flags.CD), server, wait)
    if unchecked.rcode() not in _ANSWERED:
        raise _Trouble("servfail", "the name server answers SERVFAIL")
    again = await _sent(question(name, kind, asks), server, wait)  # it may have failed for a moment only
    if again.rcode() in _ANSWERED:
        return again
    raise _Trouble("bogus", "the name server answers it only when told not to check DNSSEC signatures")


async def _sent(query: bytes, server: tuple[str, int], wait: float) -> dns.message.Message:
    """The reply to `query`."""
    try:
        return dns.message.from_wire(await exchange(query, *server, wait), ignore_trailing=True)
    except TruncatedError as error:
        raise _Trouble("truncated", "the answer is too long for UDP, and over TCP there is none") from error
    except TimeoutError:
        raise _Trouble("timeout", "no name server answered in time") from None
    except ConnectionError:
        raise _Trouble("refused", "the name server takes no questions (connection refused)") from None
    except OSError as error:
        word = type(error).__name__
        raise _Trouble("timeout", f"the name server cannot be reached ({word})") from None
    except (dns.exception.DNSException, ValueError) as error:
        word = type(error).__name__
        raise _Trouble("malformed", f"the answer cannot be read ({word})") from None


def _untold(name: str, kind: str, trouble: _Trouble) -> Answer:
    why = Missing(Cause.UNREACHABLE, f"{kind} of {name}: {trouble.said}", _SETTLE.get(trouble.kind, _AGAIN))
    return Answer(name, kind, "untold", why=why, trouble=trouble.kind)


def _place(written: str) -> tuple[str, int]:
    """From `ip`, `ip:port`, `[ip6]` or `[ip6]:port`."""
    try:
        return str(ip_address(written.strip("[]"))), _PORT
    except ValueError:
        address, _, port = written.rpartition(":")
        return address.strip("[]"), int(port)
