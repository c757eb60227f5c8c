"""Names to addresses, asked of the portal file's name servers or of the system's, once per run.

"There is no such name" is an answer; a time-out or a broken server is none. They must never be
taken for each other.
"""

import asyncio
import os
from ipaddress import ip_address
from pathlib import Path

import dns.asyncresolver
import dns.exception
import dns.nameserver
import dns.rdatatype
import dns.resolver

from launchready.errors import NameNotFound, TimedOut, Unreachable, WireError
from launchready.site import Site
from launchready.wire.gate import Gate

_LIFETIME = 8.0
"""Seconds for one question, all name servers and retries included."""
_PORT = 53
_LOCALHOST = ("127.0.0.1", "::1")
_KINDS = (dns.rdatatype.A, dns.rdatatype.AAAA)


class DnsWire:
    """Looks names up and lets only addresses through that the gate allows."""

    def __init__(self, gate: Gate, site: Site) -> None:
        self._gate = gate
        self._nameservers = site.resolver.nameservers
        self._resolver: dns.asyncresolver.Resolver | None = None
        self._answers: dict[str, tuple[str, ...] | WireError] = {}
        self._asking: dict[str, asyncio.Lock] = {}

    async def addresses(self, host: str, *, mailbox: bool = False) -> tuple[str, ...]:
        """All IP addresses of a host in scope, IPv4 first. An address instead of a name stands for itself.

        `mailbox` says that mail is to be read there, for which the host need not be in scope.

        Raises:
            Refused: the host, or one of its addresses, is outside the scope.
            NameNotFound: there is no such name, or it has no address.
            TimedOut: no name server answered in time.
            Unreachable: the name servers could not tell.
        """
        host = host.lower().strip("[]").rstrip(".")
        if mailbox:
            self._gate.check_mailbox(host)
        else:
            self._gate.check(host)
        async with self._asking.setdefault(host, asyncio.Lock()):
            known = self._answers.get(host)
            if known is None:
                try:
                    known = await self._look_up(host)
                    for address in known:
                        self._gate.check_address(host, address)
                except WireError as error:
                    known = error
                self._answers[host] = known
        if isinstance(known, WireError):
            raise known.with_traceback(None)
        return known

    async def texts(self, name: str, host: str) -> tuple[str, ...]:
        """The TXT records at a name, each as one text, asked on behalf of a host in scope.

        Raises:
            Refused: the host is outside the scope.
            NameNotFound: there is no such name.
            TimedOut, Unreachable: the name servers could not tell.
        """
        self._gate.check(host)
        answer = await self._resolve(name, dns.rdatatype.TXT)
        if isinstance(answer, WireError):
            raise answer
        return tuple(b"".join(record.strings).decode("utf-8", "replace") for record in answer)

    async def _look_up(self, host: str) -> tuple[str, ...]:
        try:
            return (str(ip_address(host)),)
        except ValueError:
            pass
        if not self._nameservers:
            if host == "localhost" or host.endswith(".localhost"):
                return _LOCALHOST
            if listed := _hosts_file().get(host):
                return listed
        answers = await asyncio.gather(*(self._ask(host, kind) for kind in _KINDS))
        found = tuple(
            address for answer in answers if not isinstance(answer, WireError) for address in answer
        )
        if found:
            return found
        doubts = [answer for answer in answers if isinstance(answer, WireError)]
        if certain := [doubt for doubt in doubts if isinstance(doubt, NameNotFound)]:
            raise certain[0]
        if doubts:
            raise doubts[0]
        raise NameNotFound(f"{host} has no address")

    async def _ask(self, host: str, kind: dns.rdatatype.RdataType) -> tuple[str, ...] | WireError:
        """One kind of address; what went wrong is returned, as the other kind may still do."""
        answer = await self._resolve(host, kind)
        return answer if isinstance(answer, WireError) else tuple(sorted(r.address for r in answer))

    async def _resolve(self, host: str, kind: dns.rdatatype.RdataType) -> dns.resolver.Answer | WireError:
        try:
            return await self._system().resolve(f"{host}.", kind, search=False, raise_on_no_answer=False)
        except dns.resolver.NXDOMAIN:
            return NameNotFound(f"there is no host name {host}")
        except dns.resolver.LifetimeTimeout:
            return TimedOut(f"no name server answered the question for {host} in time")
        except dns.resolver.NoNameservers:
            return Unreachable(f"the name servers could not say where {host} is")
        except dns.resolver.NoResolverConfiguration:
            return Unreachable("this machine has no name servers; give [resolver] nameservers")
        except (dns.exception.DNSException, OSError, ValueError) as error:
            return Unreachable(f"{host} could not be looked up ({type(error).__name__})")

    def _system(self) -> dns.asyncresolver.Resolver:
        if self._resolver is None:
            self._resolver = dns.asyncresolver.Resolver(configure=not self._nameservers)
            if self._nameservers:
                self._resolver.nameservers = [_nameserver(each) for each in self._nameservers]
            self._resolver.lifetime = _LIFETIME
            self._resolver.timeout = _LIFETIME / 3
        return self._resolver


def _nameserver(written: str) -> dns.nameserver.Nameserver:
    """From `ip`, `ip:port`, `[ip6]` or `[ip6]:port`."""
    try:
        return dns.nameserver.Do53Nameserver(str(ip_address(written.strip("[]"))), _PORT)
    except ValueError:
        address, _, port = written.rpartition(":")
        return dns.nameserver.Do53Nameserver(address.strip("[]"), int(port))


def _hosts_file() -> dict[str, tuple[str, ...]]:
    """What this machine's hosts file says, by name; empty where there is none."""
    windows = os.environ.get("SYSTEMROOT") if os.name == "nt" else None
    path = Path(windows, "System32", "drivers", "etc", "hosts") if windows else Path("/etc/hosts")
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        fields = line.partition("#")[0].split()
        try:
            address = str(ip_address(fields[0].partition("%")[0])) if fields else ""
        except ValueError:
            continue
        for name in fields[1:]:
            key = name.lower().rstrip(".")
            found[key] = tuple(sorted({*found.get(key, ()), address}, key=lambda ip: ":" in ip))
    return found
