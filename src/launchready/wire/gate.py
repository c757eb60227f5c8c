"""The gate: nothing is connected to or sent that it has not let through, and each request is written down.

It holds the scope (which hosts, which addresses), the consent (how far a run may go) and the budget (how much
in all).
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from enum import IntEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TextIO, assert_never
from urllib.parse import urlsplit

from launchready.errors import Refused, StoreError
from launchready.evidence.redact import subject
from launchready.site import Site

_WEB = frozenset(("http", "https"))
_SOCKETS = frozenset(("ws", "wss"))
_NAT64 = ip_network("64:ff9b::/96")


class Touch(IntEnum):
    """How far a request goes; each needs the consent of at least its own level.

    READ asks as any stranger may, SIGN_IN uses an identity given for it, PROBE sends what no stranger would,
    LOAD sends a lot.
    """

    READ = 0
    SIGN_IN = 1
    PROBE = 2
    LOAD = 3

    def __str__(self) -> str:
        """The name as reports write it."""
        match self:
            case Touch.READ:
                return "read"
            case Touch.SIGN_IN:
                return "sign-in"
            case Touch.PROBE:
                return "probe"
            case Touch.LOAD:
                return "load"
        assert_never(self)


_HOW_TO_CONSENT = {
    Touch.READ: "",
    Touch.SIGN_IN: "add an [[identity]] to the portal file",
    Touch.PROBE: "set active = true and authorised_by in [scope], and run the audit with --active",
    Touch.LOAD: "set active = true and authorised_by in [scope], and run the audit with --active",
}


class Gate:
    """Says no before anything leaves the machine, and keeps the journal of what did.

    Attributes:
        consent: the highest touch that this run may make.
        unproved: hosts whose control is not proved, each with what would prove it; they are never probed.
    """

    def __init__(
        self,
        site: Site,
        journal: TextIO,
        *,
        consent: Touch = Touch.READ,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        most_requests: int = 20_000,
        most_bytes: int = 4_000_000_000,
    ) -> None:
        """Guard one run.

        Args:
            site: whose scope holds.
            journal: open text file; one JSON object is written on each line.
            consent: the highest touch that this run may make.
            now: the clock, in UTC.
            most_requests: requests and connections in one run.
            most_bytes: bytes received in one run.
        """
        self.consent = consent
        self.unproved: dict[str, str] = {}
        self._site = site
        self._journal = journal
        self._now = now
        self._requests_left = most_requests
        self._bytes_left = most_bytes
        self._admitted: dict[str, bool] = {}

    def check(self, url_or_host: str, touch: Touch = Touch.READ, *, sockets: bool = False) -> None:
        """Whether this address or host may be asked with this touch; `sockets` lets ws: and wss: through too.

        Raises:
            Refused: it may not.
        """
        host = url_or_host
        if "://" in url_or_host:
            try:
                parts = urlsplit(url_or_host)
                host, scheme, _ = parts.hostname or "", parts.scheme, parts.port
            except ValueError:
                raise Refused("this is not a valid address", "correct the address") from None
            if scheme not in _WEB and not (sockets and scheme in _SOCKETS):
                raise Refused(f"{scheme}: addresses are never asked", "give an http or https address")
        host = host.lower().strip("[]").rstrip(".")
        if not self._in_scope(host):
            raise Refused(f"{host or subject(url_or_host)} is outside the scope", "add it to [scope] hosts")
        if touch > self.consent:
            raise Refused(
                f"there is no consent to go as far as {touch}; this run may {self.consent}",
                _HOW_TO_CONSENT[touch],
            )
        if touch > Touch.SIGN_IN and host in self.unproved:
            raise Refused(f"nobody has proved to control {host}", self.unproved[host])

    def check_mailbox(self, host: str) -> None:
        """Whether mail may be read at this host: the owner names it, for this alone, in a [[mailbox]].

        Raises:
            Refused: it may not.
        """
        if host not in {mailbox.host for mailbox in self._site.mailboxes}:
            raise Refused(f"{host} is the host of no mailbox", "add a [[mailbox]] with this imap_host")
        if self.consent < Touch.SIGN_IN:
            raise Refused(
                "there is no consent to read a mailbox; this run may read pages only",
                _HOW_TO_CONSENT[Touch.SIGN_IN],
            )

    def _in_scope(self, host: str) -> bool:
        known = self._admitted.get(host)
        if known is None:
            known = bool(host) and self._site.in_scope(host)
            if len(self._admitted) < 10_000:
                self._admitted[host] = known
        return known

    def check_address(self, host: str, address: str) -> None:
        """Whether `host` may be asked at this IP address: a name may not lead inside a network by stealth.

        Raises:
            Refused: the address is not globally routable and not listed in the scope.
        """
        try:
            ip = _innermost(ip_address(address.partition("%")[0]))
        except ValueError:
            raise Refused(f"{host} has no valid IP address", "correct its DNS records") from None
        listed = any(ip in network for network in self._site.scope.addresses if network.version == ip.version)
        if not listed and (not ip.is_global or ip.is_multicast):
            raise Refused(
                f"{host} leads to {ip}, which is not a public address",
                f'if that is meant, add addresses = ["{ip}/{ip.max_prefixlen}"] to [scope]',
            )

    async def admit(self, host: str, address: str, port: int) -> None:
        """Let one bare connection through: scope, address and budget, and a line in the journal.

        Raises:
            Refused: it may not be made.
            StoreError: the journal cannot be written.
        """
        self.check(host)
        self.check_address(host, address)
        self.spend(requests=1)
        shown = f"[{host}]" if ":" in host else host
        self.journal("CONNECT", f"tls://{shown}:{port}", address=address)

    def spend(self, *, requests: int) -> None:
        """Take requests from the run's budget.

        Raises:
            Refused: there is none left.
        """
        if requests > self._requests_left:
            raise Refused(
                "the run's budget of requests is spent", "lower [crawl] limit, or audit fewer hosts at once"
            )
        if self._bytes_left <= 0:
            raise Refused("the run's budget of received bytes is spent", "lower [crawl] limit or max_bytes")
        self._requests_left -= requests

    def received(self, size: int) -> None:
        """Take received bytes from the run's budget; the next request may find it spent."""
        self._bytes_left -= size

    def journal(
        self,
        method: str,
        url: str,
        *,
        who: str = "anonymous",
        status: int | None = None,
        error: str = "",
        milliseconds: float = 0.0,
        size: int = 0,
        address: str = "",
    ) -> None:
        """Write one line: what was asked, by whom, and what came of it. `url` is redacted already.

        Raises:
            StoreError: it cannot be written.
        """
        line: dict[str, object] = {
            "when": f"{self._now().astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z",
            "who": who,
            "method": method,
            "url": url,
        }
        if error:
            line["error"] = error
        elif status is not None:
            line["status"] = status
        line |= {"ms": round(milliseconds, 1), "bytes": size, "address": address}
        try:
            self._journal.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._journal.flush()
        except OSError as trouble:
            reason = (trouble.strerror or type(trouble).__name__).lower()
            raise StoreError(f"the journal of the run cannot be written: {reason}") from trouble


def _innermost(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 one stands for (mapped, NAT64, 6to4, Teredo), or the address itself."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    teredo = ip.teredo
    return ip.ipv4_mapped or ip.sixtofour or (teredo[1] if teredo else None) or ip
