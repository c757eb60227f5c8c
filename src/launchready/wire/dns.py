"""Names to addresses, asked of the portal file's name servers or of the system's, once per run.

"There is no such name" is an answer; a time-out or a broken server is none. They must never be
taken for each other.
"""

import asyncio
import os
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path

from launchready.errors import NameNotFound, TimedOut, Unreachable, WireError
from launchready.evidence.dns import Answer
from launchready.mailauth.known import Known
from launchready.site import Site
from launchready.wire.gate import Gate
from launchready.wire.name_servers import NameServers

_LIFETIME = 8.0
"""Seconds for one question, all name servers and retries included."""
_LOCALHOST = ("127.0.0.1", "::1")
_KINDS = ("A", "AAAA")
_MOST_ROUNDS = 100
"""Each round asks something new. What leads from name to name without end is cut off here and stays open."""


class DnsWire:
    """Looks names up and lets only addresses through that the gate allows."""

    def __init__(self, gate: Gate, site: Site) -> None:
        self._gate = gate
        self._given = bool(site.resolver.nameservers)
        self._servers = NameServers(gate, site.resolver.nameservers)
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
        answer = await self._servers.ask(name, "TXT", _LIFETIME, journal=False)
        if error := _error(answer):
            raise error
        return tuple(each.encode("latin-1").decode("utf-8", "replace") for each in answer.records)

    async def ask(self, name: str, kind: str) -> Answer:
        """What name servers say to one question, about any name: DNS is public, and no host of the name is asked.

        Once per run and question; counted in the budget and written to the journal. What went wrong is in the answer.

        Args:
            name: in the presentation format of zone files; internationalised names as A-labels.
            kind: of record, such as "TXT".

        Raises:
            StoreError: the journal cannot be written.
        """
        return await self._servers.ask(name, kind, _LIFETIME)

    async def settle(self, known: Known, *evaluations: Callable[[Known], object]) -> None:
        """Evaluate, ask what was open, evaluate again: until each evaluation comes to its end with what is known.

        An evaluation breaks off at its first open question; those that do not need each other are best given apart, and so
        their questions are asked at once.

        Raises:
            StoreError: the journal cannot be written.
        """
        for _ in range(_MOST_ROUNDS):
            for evaluate in evaluations:
                known.tried(evaluate)
            questions = tuple(known.open)
            if not questions:
                return
            known.add(await asyncio.gather(*(self.ask(name, kind) for name, kind in questions)))

    async def _look_up(self, host: str) -> tuple[str, ...]:
        try:
            return (str(ip_address(host)),)
        except ValueError:
            pass
        if not self._given:
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

    async def _ask(self, host: str, kind: str) -> tuple[str, ...] | WireError:
        """One kind of address; what went wrong is returned, as the other kind may still do."""
        answer = await self._servers.ask(host, kind, _LIFETIME, journal=False)
        return _error(answer) or answer.records


def _error(answer: Answer) -> WireError | None:
    """What of an answer is an error to who needs an address; that there is no record of this kind is none."""
    if answer.why is None:
        return NameNotFound(f"there is no host name {answer.name}") if answer.no_such_name else None
    return (TimedOut if answer.trouble == "timeout" else Unreachable)(answer.why.detail)


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
