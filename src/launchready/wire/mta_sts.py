"""The door to the hosts that serve MTA-STS policies: one public file each, which every mail server may read."""

from collections.abc import Iterable

from launchready.evidence.redact import Redactor
from launchready.site import Site
from launchready.wire.dns import DnsWire
from launchready.wire.gate import Gate
from launchready.wire.http import Answer, HttpWire
from launchready.wire.narrow_gate import NarrowGate

_MOST_BYTES = 65_536


class StsHosts:
    """Asks the policy hosts of a few mail domains."""

    def __init__(
        self, gate: Gate, site: Site, redact: Redactor, domains: Iterable[str], port: int = 443
    ) -> None:
        """Prepare.

        Args:
            gate: of the run.
            site: whose resolver and limits hold.
            redact: fingerprints of the run.
            domains: mail domains that announce a policy.
            port: on which policies are served; RFC 8461 knows but one.
        """
        self._port = "" if port == 443 else f":{port}"
        narrow = NarrowGate(
            gate, [_host(domain) for domain in domains], "the MTA-STS policy of the portal's mail"
        )
        self._http = HttpWire(narrow, DnsWire(narrow, site), site, redact)

    async def policy(self, domain: str) -> Answer:
        """What is served for a mail domain, by a certificate that holds; raises as `HttpWire.fetch` does."""
        url = f"https://{_host(domain)}{self._port}/.well-known/mta-sts.txt"
        return await self._http.fetch("GET", url, verify=True, max_bytes=_MOST_BYTES)

    async def close(self) -> None:
        """Close connections."""
        await self._http.close()


def _host(domain: str) -> str:
    return f"mta-sts.{domain}"
