"""What TLS looks like at each address of each host.

First one real handshake; where it shows that TLS is spoken, offers that a present-day client would never
make, all at
once: each old version alone, weak suites until none is taken any more, DHE alone to see its prime.
"""

import asyncio
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from typing import TypeVar
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from launchready.collect._certificates import certificate, follow, load, second_opinion, stamp, staple
from launchready.collect._gaps import gap
from launchready.errors import ConnectionRefused, Refused, TimedOut, WireError
from launchready.evidence import Missing
from launchready.evidence.tls import (
    Accepted,
    Answer,
    Chain,
    Endpoint,
    Session,
    Settings,
    Staple,
    Tls,
    TlsHost,
    Verification,
)
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire import Wire
from launchready.wire.cipher_suites import DHE, ECDHE, NAMES, RSA, TLS13, WEAK
from launchready.wire.client_hello import VERSIONS, ClientHello, Flight
from launchready.wire.tls import Handshake

_T = TypeVar("_T")
_DER = serialization.Encoding.DER
_ATTEMPTS = 2
"""A busy server may drop one of several connections made at once; a second silence is an answer."""
_USUAL = (*ECDHE, *RSA, *DHE)
_OLD = tuple(code for code in _USUAL if NAMES[code].endswith("_CBC_SHA"))
"""Before TLS 1.2 there were no other suites than these and the weak ones."""
_AGAIN = "run the audit again when the host can be reached"
_ENCRYPTED = Missing(
    Cause.AMBIGUOUS,
    "the server speaks only TLS 1.3, which encrypts it",
    "look with `openssl s_client -status -connect HOST:443 -servername HOST`",
)


async def tls(wire: Wire, site: Site) -> Tls:
    """Look at every host of the portal, and at the further hosts in scope."""
    wanted = {(host, site.https_port): True for host in site.hosts}
    for host in site.scope.hosts:
        wanted.setdefault((host, site.https_port), False)
    for redirect in site.portal.redirects:
        source = urlsplit(redirect.source)
        if source.scheme == "https" and source.hostname:
            wanted.setdefault((source.hostname, source.port or 443), False)
    looks = (_host(wire, host, port, declared=declared) for (host, port), declared in wanted.items())
    return Tls(tuple(await asyncio.gather(*looks)))


async def _host(wire: Wire, host: str, port: int, *, declared: bool) -> TlsHost:
    try:
        addresses = await wire.dns.addresses(host)
    except WireError as error:
        return TlsHost(host, port, declared, gap(error))
    looks = (_Look(wire, host, address, port).endpoint() for address in sorted(addresses))
    return TlsHost(host, port, declared, tuple(await asyncio.gather(*looks)))


def _kind(error: WireError) -> str:
    match error:
        case Refused():
            return "off-limits"
        case ConnectionRefused():
            return "refused"
        case TimedOut():
            return "silent"
        case _:
            return "closed"


class _Look:
    """One address of one host while it is being looked at."""

    def __init__(self, wire: Wire, host: str, address: str, port: int) -> None:
        self._wire = wire
        self._host, self._address, self._port = host, address, port
        self._answers: list[Answer] = []
        self._versions: set[str] = set()
        self._suites: list[Accepted] = []
        self._flight: Flight | None = None
        """The most telling flight in the clear: of the newest version below 1.3."""
        self._compressed = False

    async def endpoint(self) -> Endpoint:
        """Everything about this address."""
        moment = stamp(self._wire.now())
        try:
            shake = await self._wire.tls.handshake(self._host, self._address, self._port)
        except WireError as error:
            why = gap(error)
            return Endpoint(self._address, moment, _kind(error), why, why, why, why)
        if shake.end in ("plain-http", "not-tls"):
            why = Missing(
                Cause.UNREACHABLE, f"port {self._port} answers “{shake.detail}”, which is no TLS", _AGAIN
            )
            return Endpoint(self._address, moment, shake.end, why, why, why, why)
        without_name = await self._offers()
        if shake.end != "tls" and not self._versions:
            why = Missing(Cause.UNREACHABLE, f"the server declined every offer ({shake.detail})", _AGAIN)
            return Endpoint(self._address, moment, shake.end, why, why, why, why)
        session: Session | Missing = Session(shake.version, shake.suite)
        if shake.end != "tls":
            session = Missing(
                Cause.UNREACHABLE, f"no session with a present-day client: {shake.detail}", _AGAIN
            )
        elif shake.version in VERSIONS:
            self._versions.add(shake.version)
        chain, stapled, timestamps = self._certificates(shake)
        settings = Settings(
            answers=tuple(sorted(self._answers, key=lambda answer: answer.offer)),
            versions=tuple(version for version in ("SSLv2", *VERSIONS) if version in self._versions),
            suites=tuple(sorted(self._suites, key=lambda each: (each.version, each.suite))),
            compression="DEFLATE" if self._compressed else "",
            staple=stapled,
            timestamps=timestamps,
            without_name=without_name,
            asks_client_certificate=self._flight is not None and self._flight.asks_client_certificate,
        )
        return Endpoint(self._address, moment, "tls", None, session, chain, settings)

    def _certificates(
        self, shake: Handshake
    ) -> tuple[Chain | Missing, Staple | Missing | None, int | Missing]:
        """The chain, the stapled answer and the SCTs in the handshake."""
        flight = self._flight
        ders = shake.presented or (flight.certificates if flight else ())
        if not ders:
            none = Missing(Cause.UNREACHABLE, "the server showed no certificate", _AGAIN)
            return none, none, none
        try:
            presented = [load(der) for der in ders]
            verified = [load(der) for der in shake.verified]
            chain = self._chain(shake, presented, verified)
            stapled: Staple | Missing | None = None
            if flight is None:
                return chain, _ENCRYPTED, _ENCRYPTED
            if flight.staple:
                path = verified or follow(presented, self._trusted)[0]
                stapled = staple(flight.staple, presented[0], path[1] if len(path) > 1 else None)
        except ValueError as error:
            what = f"what the server showed cannot be read ({' '.join(str(error).split())[:120]})"
            unreadable = Missing(Cause.AMBIGUOUS, what, "look at it with `openssl x509 -text`")
            return unreadable, unreadable, unreadable
        return chain, stapled, flight.timestamps

    @property
    def _trusted(self) -> tuple[bytes, ...]:
        return self._wire.tls.roots.public + self._wire.tls.roots.private

    def _chain(
        self, shake: Handshake, presented: list[x509.Certificate], verified: list[x509.Certificate]
    ) -> Chain:
        path, broken = (verified, "") if verified else follow(presented, self._trusted)
        last = path[-1].public_bytes(_DER)
        known = self._wire.tls.roots
        openssl: Verification | Missing = Verification(shake.code, shake.text)
        if shake.end != "tls":
            openssl = Missing(
                Cause.UNREACHABLE, f"no session with OpenSSL came about: {shake.detail}", _AGAIN
            )
        return Chain(
            presented=tuple(map(certificate, presented)),
            path=tuple(map(certificate, path)),
            root="public" if last in known.public else "private" if last in known.private else "none",
            broken_at=broken,
            openssl=openssl,
            second=second_opinion(presented, self._host, self._trusted, self._wire.now()),
        )

    async def _offers(self) -> str:
        """Make all offers; returns what a client is shown that names no host."""
        _, without_name = await asyncio.gather(self._versions_and_suites(), self._nameless())
        return without_name

    async def _versions_and_suites(self) -> None:
        await asyncio.gather(
            self._sslv2(),
            *(self._old(version) for version in ("SSLv3", "TLSv1", "TLSv1.1")),
            self._current(),
            self._try(self._hello("TLSv1.3", tuple(TLS13)), "TLSv1.3"),
        )

    async def _old(self, version: str) -> None:
        """A version below 1.2: does it work at all, and with which weak suites?"""
        flight = await self._try(self._hello(version, (*_OLD, *WEAK), compression=True), version)
        if flight and flight.version == version:
            await self._weak(version)

    async def _current(self) -> None:
        """TLS 1.2 in full."""
        flight, *_ = await asyncio.gather(
            self._try(self._hello("TLSv1.2", _USUAL, compression=True), "TLSv1.2"),
            self._weak("TLSv1.2"),
            self._try(self._hello("TLSv1.2", tuple(DHE)), "TLSv1.2: DHE", note=True),
            self._try(self._hello("TLSv1.2", tuple(RSA)), "TLSv1.2: RSA key transport", note=True),
        )
        if flight and flight.version == "TLSv1.2":
            self._flight = flight

    async def _weak(self, version: str) -> None:
        """Offer weak suites, each time without the one that was taken, until none is."""
        left = list(WEAK)
        while left:
            flight = await self._try(self._hello(version, tuple(left)), f"{version}: weak suites", note=True)
            if flight is None or flight.suite not in left:
                return
            left.remove(flight.suite)

    async def _sslv2(self) -> None:
        agreed = await self._answer(
            "SSLv2", lambda: self._wire.tls.agrees_to_sslv2(self._host, self._address, self._port)
        )
        if agreed:
            self._versions.add("SSLv2")
        if agreed is not None:
            self._answers.append(Answer("SSLv2", "accepted" if agreed else "refused"))

    async def _nameless(self) -> str:
        flight = await self._answer("no host name", lambda: self._send(ClientHello("TLSv1.2", _USUAL)))
        if flight is None:
            return ""
        if flight.end != "hello":
            return flight.detail or flight.end
        if not flight.certificates:
            return "agreed"
        try:
            return load(flight.certificates[0]).subject.rfc4514_string()
        except ValueError:
            return "a certificate that cannot be read"

    async def _try(self, hello: ClientHello, offer: str, *, note: bool = False) -> Flight | None:
        """Make one offer and keep what is to be known of the answer; the flight if the server agreed."""
        flight = await self._answer(offer, lambda: self._send(hello))
        if flight is None:
            return None
        if flight.end != "hello" or flight.suite not in hello.suites:
            self._answers.append(Answer(offer, flight.detail or flight.end))
            return None
        self._answers.append(Answer(offer, "accepted" if flight.version == hello.version else flight.version))
        self._versions.add(flight.version)
        self._compressed = self._compressed or flight.compression == 1
        if note or flight.dh_bits or flight.suite in WEAK:
            taken = Accepted(flight.version, NAMES[flight.suite], flight.dh_bits)
            if taken not in self._suites:
                self._suites.append(taken)
        if self._flight is None and flight.version != "TLSv1.3":
            self._flight = flight
        return flight

    async def _answer(self, offer: str, ask: Callable[[], Awaitable[_T]]) -> _T | None:
        """Ask, once more after a silence; that no answer came is kept as an answer."""
        for attempt in range(_ATTEMPTS):
            try:
                return await ask()
            except TimedOut as error:
                if attempt == _ATTEMPTS - 1:
                    self._answers.append(Answer(offer, gap(error)))
            except WireError as error:
                self._answers.append(Answer(offer, gap(error)))
                break
        return None

    async def _send(self, hello: ClientHello) -> Flight:
        return await self._wire.tls.offer(hello, self._host, self._address, self._port)

    def _hello(self, version: str, suites: tuple[int, ...], *, compression: bool = False) -> ClientHello:
        return ClientHello(version, suites, "" if _is_address(self._host) else self._host, compression)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
