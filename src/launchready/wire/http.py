"""One request, one answer: bounded in time and size, to a checked address, and written down.

Redirects are never followed here: where they lead is evidence, and each next address has to pass the gate
again. Reading does not verify certificates, as nothing secret is sent and the certificate is judged by
itself; whatever goes further does.
"""

import asyncio
import ssl
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from urllib.parse import quote, urljoin, urlsplit

import aiohttp
import certifi
from yarl import URL

from launchready import __version__
from launchready.errors import Refused, TimedOut, Unreachable, WireError
from launchready.evidence.http import Exchange
from launchready.evidence.redact import Redactor
from launchready.site import Site
from launchready.wire.bodies import Bodies
from launchready.wire.body import Body
from launchready.wire.dns import DnsWire
from launchready.wire.gate import Gate, Touch
from launchready.wire.mishaps import Mishaps
from launchready.wire.pace import Pace
from launchready.wire.trouble import DroppedError, Place, another_address_may_do, explained

USER_AGENT = f"launchready/{__version__} (+https://github.com/launchready/launchready)"
SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
"""Methods that may be repeated when the connection was dropped."""

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_HEADERS = (("User-Agent", USER_AGENT), ("Accept", _ACCEPT), ("Accept-Encoding", "gzip, deflate"))
_LONGEST_HEADER = 1 << 16
_MOST_HEADERS = 500
_IDLE = 1.0
"""Seconds for which an unused connection is kept. Some servers close theirs after two, and what is sent by POST at that
moment is lost, as it must not be repeated."""
_CIPHERS = "ALL:@SECLEVEL=0"
_LEGACY_SERVER_CONNECT = 0x4
"""SSL_OP_LEGACY_SERVER_CONNECT: also talk to servers without RFC 5746. Named in ssl from Python 3.12 on."""
_URL_SAFE = "!#$%&'()*+,/:;=?@[]~|"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    Attributes:
        exchange: the redacted record, fit to be evidence.
        body: decompressed, cut at the size limit.
        headers: raw, names as received. They may hold secrets: never evidence.
        location: where a redirect leads, raw and absolute; empty when it is none.
        seconds: from when it was sent to the last byte read, a new connection included, our own pace not.
    """

    exchange: Exchange
    body: bytes
    headers: tuple[tuple[str, str], ...]
    location: str
    seconds: float = 0.0

    def cut(self, most: int) -> "Answer":
        """The same with at most so many bytes of the body."""
        return self if len(self.body) <= most else replace(self, body=self.body[:most])


@dataclass(frozen=True, slots=True)
class _Request:
    """One request, taken apart."""

    method: str
    scheme: str
    host: str
    port: int
    target: str
    shown: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    verify: bool
    most: int
    bare: bool

    def place(self, address: str = "") -> Place:
        """Where it goes, for what is said about it."""
        return Place(self.scheme, self.host, self.port, address)


class HttpWire:
    """Sends requests on kept-alive connections, at the pace the portal file allows.

    Attributes:
        portal_hosts: the portal's own hosts, which may be told its visitors' secrets.
        portal_is_secure: whether the portal starts on https.
        bodies: what was answered to GETs in this run.
        client_headers: by host of the portal, what its own scripts send with each request, whoever uses them, as far as it
            insists on that; goes along with all that is asked there.
    """

    def __init__(self, gate: Gate, dns: DnsWire, site: Site, redact: Redactor) -> None:
        self._gate = gate
        self._dns = dns
        self._redact = redact
        self.portal_hosts = frozenset(site.hosts)
        self.portal_is_secure = site.portal.url.startswith("https:")
        self._timeout = site.crawl.timeout
        self._max_bytes = site.crawl.max_bytes
        self._extra_ca = site.tls.extra_ca
        self._pace = Pace(concurrency=site.crawl.concurrency, rate=site.crawl.requests_per_second)
        self.mishaps = Mishaps()
        self._session: aiohttp.ClientSession | None = None
        self._working: dict[tuple[str, int], str] = {}
        self._raw: dict[str, str] = {}
        self._led: dict[str, str] = {}
        self.bodies = Bodies()
        self.client_headers: dict[str, tuple[tuple[str, str], ...]] = {}

    async def fetch(
        self,
        method: str,
        url: str,
        *,
        headers: Iterable[tuple[str, str]] = (),
        body: bytes = b"",
        touch: Touch = Touch.READ,
        verify: bool | None = None,
        max_bytes: int | None = None,
        who: str = "anonymous",
    ) -> Answer:
        """Ask once; twice if a safe method met a dropped connection, or a short Retry-After.

        Args:
            method: in upper case.
            url: absolute http or https address; a fragment and credentials are dropped.
            headers: added to our own; one of the same name takes the place of ours.
            body: sent as it is.
            touch: how far this request goes.
            verify: the certificate must hold; by default only for touches above READ.
            max_bytes: of the decompressed body; more is cut off. The portal file's limit by default.
            who: which identity asks, for the journal.

        Raises:
            Refused: outside the scope, the consent or the budget.
            NameNotFound, ConnectionRefused, TimedOut, TlsFailed, Unreachable: there was no answer.
            StoreError: the journal cannot be written.
        """
        self._gate.check(url, touch)
        request = self._request(
            method,
            url,
            tuple(headers),
            body=body,
            verify=touch > Touch.READ if verify is None else verify,
            max_bytes=max_bytes,
        )
        dropped = paused = False
        while True:
            async with self._pace.turn(request.host):
                try:
                    answer = await self._once(request, who)
                except DroppedError as error:
                    if dropped or method not in SAFE:
                        raise Unreachable(str(error)) from None
                    dropped = True
                    continue
            seconds = _asked_to_wait(answer.exchange)
            if paused or seconds is None or method not in SAFE or not self._pace.pause(request.host, seconds):
                return answer
            paused = True

    def at_once(self, url: str) -> AbstractContextManager[None]:
        """While inside, requests to this address's host wait neither for each other nor for a Retry-After.

        For a bounded handful that has to arrive together; budget, scope and consent hold as ever.
        """
        return self._pace.at_once((urlsplit(url).hostname or "").rstrip("."))

    def address_of(self, redacted: str) -> str:
        """The address as it was asked or answered in this run, for asking again. Never evidence."""
        return self._raw.get(redacted, redacted)

    def leads_to(self, redacted: str) -> str:
        """Where this address redirected a stranger when last asked by GET, raw; empty when nowhere."""
        return self._led.get(redacted, "")

    def remember(self, raw: str) -> str:
        """The redacted address; the raw one is kept in memory for as long as the run."""
        shown = self._redact.url(raw)
        if shown != raw:
            self._raw[shown] = raw
        return shown

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None
            await asyncio.sleep(0)  # transports say goodbye in the loop's next round

    def _request(
        self,
        method: str,
        url: str,
        headers: tuple[tuple[str, str], ...],
        *,
        body: bytes,
        verify: bool,
        max_bytes: int | None,
    ) -> _Request:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        if not host.isascii():
            try:
                host = host.encode("idna").decode("ascii")
            except UnicodeError:
                raise Unreachable("this is not a valid host name") from None
        default = 443 if parts.scheme == "https" else 80
        port = parts.port or default
        target = _quoted(parts.path or "/") + (f"?{_quoted(parts.query)}" if parts.query else "")
        named = f"[{host}]" if ":" in host else host
        authority = named if port == default else f"{named}:{port}"
        given = {name.lower() for name, _ in headers}
        secure = parts.scheme == "https" or not self.portal_is_secure
        clients = self.client_headers.get(host, ()) if secure else ()
        ours = [(name, value) for name, value in (*_HEADERS, *clients) if name.lower() not in given]
        if "host" not in given:
            ours.insert(0, ("Host", authority))
        return _Request(
            method=method,
            scheme=parts.scheme,
            host=host,
            port=port,
            target=target,
            shown=self.remember(f"{parts.scheme}://{authority}{target}"),
            headers=(*ours, *headers),
            body=body,
            verify=verify,
            most=self._max_bytes if max_bytes is None else max_bytes,
            bare=not headers,
        )

    async def _once(self, request: _Request, who: str) -> Answer:
        """One try, with its line in the journal."""
        self._gate.spend(requests=1)
        clock = asyncio.get_running_loop().time
        started = clock()
        read = Body(request.most)
        exchange: Exchange | None = None
        error = ""
        try:
            answer = await self._asked(request, read)
        except WireError as trouble:
            error = str(trouble)
            raise
        else:
            exchange = answer.exchange
            self.mishaps.keep(answer, who)
            return replace(answer, seconds=clock() - started)
        finally:
            self._gate.received(read.received)
            self._gate.journal(
                request.method,
                request.shown,
                who=who,
                status=exchange.status if exchange else None,
                error=error if exchange or error else "interrupted",
                milliseconds=(clock() - started) * 1000,
                size=read.received,
                address=exchange.address if exchange else "",
            )

    async def _asked(self, request: _Request, read: Body) -> Answer:
        """Headers within the deadline are an answer, even if the body is then cut; none are a time-out."""
        response: aiohttp.ClientResponse | None = None
        address = ""
        try:
            async with asyncio.timeout(self._timeout):
                response, address = await self._response(request)
                await read.all(response.content, response.headers.get("Content-Encoding", ""))
        except TimeoutError:
            if response is None:
                raise TimedOut(f"{request.place()} did not answer within {self._timeout:g} s") from None
            read.truncated = True
        except (aiohttp.ClientError, OSError) as error:
            if response is None:
                raise explained(error, request.place(address)) from None
            read.truncated = True
        finally:
            if response is not None:
                response.close()
        return self._answer(request, response, read, address)

    async def _response(self, request: _Request) -> tuple[aiohttp.ClientResponse, str]:
        """Ask the first address that can be connected to; it is known which, as it is asked by number."""
        addresses = await self._dns.addresses(request.host)
        key = (request.host, request.port)
        working = self._working.get(key)
        if working in addresses:
            addresses = (working, *(a for a in addresses if a != working))
        patience = aiohttp.ClientTimeout(
            total=None,
            sock_connect=self._timeout if len(addresses) == 1 else self._timeout / (len(addresses) + 1),
        )
        first: WireError | None = None
        for address in addresses:
            try:
                response = await self._sent(request, address, patience)
            except (aiohttp.ClientError, OSError, ValueError) as error:
                trouble = explained(error, request.place(address))
                if not another_address_may_do(error):
                    raise trouble from None
                first = first or trouble
            else:
                self._working[key] = address
                return response, address
        assert first is not None
        raise first

    async def _sent(
        self, request: _Request, address: str, patience: aiohttp.ClientTimeout
    ) -> aiohttp.ClientResponse:
        """Send to this very address; the name goes into TLS and the Host header."""
        named = f"[{address}]" if ":" in address else address
        secure = request.scheme == "https"
        return await self._open().request(
            request.method,
            URL(f"{request.scheme}://{named}:{request.port}{request.target}", encoded=True),
            headers=request.headers,
            data=request.body or None,
            allow_redirects=False,
            skip_auto_headers=("Content-Type", "Accept", "Accept-Encoding", "User-Agent"),
            ssl=(self._verifying if request.verify else self._trusting) if secure else True,
            server_hostname=request.host if secure else None,
            timeout=patience,
        )

    def _answer(
        self, request: _Request, response: aiohttp.ClientResponse, read: Body, address: str
    ) -> Answer:
        headers = tuple((_text(name), _text(value)) for name, value in response.raw_headers)
        location = ""
        if response.status in _REDIRECTS:
            given = next((value for name, value in headers if name.lower() == "location"), "")
            location = _absolute(f"{request.scheme}://{request.headers[0][1]}{request.target}", given)
        if location:
            self.remember(location)
        if request.method == "GET" and request.bare:
            self._led[request.shown] = location
        data = read.data()
        exchange = Exchange(
            method=request.method,
            url=request.shown,
            status=response.status,
            headers=self._redact.headers(headers),
            size=len(data),
            truncated=read.truncated,
            digest=self._redact.fingerprint(data) if data else "",
            address=address,
        )
        self.bodies.keep(exchange, data)
        return Answer(exchange, data, headers, location)

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, use_dns_cache=False, keepalive_timeout=_IDLE),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
                max_line_size=_LONGEST_HEADER,
                max_field_size=_LONGEST_HEADER,
                max_headers=_MOST_HEADERS,
            )
            # It would repeat dropped requests by itself, past the gate, the pace and the journal.
            self._session._retry_connection = False  # noqa: SLF001 -- there is no public way to say so
        return self._session

    @cached_property
    def _trusting(self) -> ssl.SSLContext:
        """Lets any certificate and old protocol through, as looking is all it is for."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.set_ciphers(_CIPHERS)
        context.options |= _LEGACY_SERVER_CONNECT
        context.set_alpn_protocols(["http/1.1"])
        return context

    @cached_property
    def _verifying(self) -> ssl.SSLContext:
        """Trusts what browsers trust, and what the portal file adds."""
        context = ssl.create_default_context(cafile=certifi.where())
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # an extra CA may be an intermediate one
        context.set_alpn_protocols(["http/1.1"])
        for path in self._extra_ca:
            try:
                context.load_verify_locations(path)
            except (OSError, ssl.SSLError):
                raise Refused(f"the CA file {path} cannot be read", "correct extra_ca in [tls]") from None
        return context


def _asked_to_wait(exchange: Exchange) -> float | None:
    """Seconds of a Retry-After that says "not now"; None where it does not. A date counts from the answer's own."""
    if exchange.status not in (429, 503):
        return None
    given = next(iter(exchange.values("retry-after")), "").strip()
    if given.isascii() and given.isdigit():
        return float(given) if len(given) < 8 else None
    until, answered = (_http_date(text) for text in (given, next(iter(exchange.values("date")), "")))
    return max((until - answered).total_seconds(), 0.0) if until and answered else None


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _quoted(text: str) -> str:
    return text if text.isascii() and text.isprintable() and " " not in text else quote(text, safe=_URL_SAFE)


def _text(raw: bytes) -> str:
    """A header as text: UTF-8 where it is that, else byte by byte, so that nothing is lost or breaks."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _absolute(base: str, location: str) -> str:
    """Where a Location header leads, as browsers read it; empty when it is no address."""
    location = location.strip(" \t\r\n")
    if not location:
        return ""
    head, mark, tail = location, "", ""
    if (at := min((i for i in (location.find("?"), location.find("#")) if i >= 0), default=-1)) >= 0:
        head, mark, tail = location[:at], location[at], location[at + 1 :]
    try:
        parts = urlsplit(urljoin(base, head.replace("\\", "/") + mark + tail))
        if parts.scheme not in ("http", "https"):
            return parts._replace(fragment="").geturl()
        host, port = parts.hostname, parts.port
    except ValueError:
        return ""
    if not host:
        return ""
    named = f"[{host}]" if ":" in host else host
    default = 443 if parts.scheme == "https" else 80
    netloc = named if port in (None, default) else f"{named}:{port}"
    return parts._replace(
        netloc=netloc, path=_quoted(parts.path or "/"), query=_quoted(parts.query), fragment=""
    ).geturl()
