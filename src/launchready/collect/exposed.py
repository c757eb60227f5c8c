"""Which files can anybody read that were left within reach: settings, version history, backups, dumps, consoles?"""

import asyncio
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from launchready.collect import disturbing
from launchready.collect._gaps import gap
from launchready.collect._gathering import Gathering
from launchready.collect.exposing.candidates import (
    LISTING,
    SECRETS,
    Candidate,
    copies,
    in_folders,
    made_up,
    named_by_robots,
    usual,
)
from launchready.collect.exposing.listing import listed
from launchready.collect.exposing.proofs import PROOFS
from launchready.detect import Found
from launchready.errors import ConnectionRefused, StoreError, WireError
from launchready.evidence import Missing
from launchready.evidence.http import Crawl, Exchange, Page
from launchready.evidence.redact import subject
from launchready.evidence.secrets import Place, Search
from launchready.evidence.served import Asked, ExposedFile, ExposedFiles, Unasked
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire import Wire
from launchready.wire.http import Answer

_READ = 1 << 16
"""Bytes read of each file: enough to know it by."""
_AT_ONCE = 8
_TROUBLES = 8
"""Addresses of one host without an answer, after which it is left alone."""
_SLOWER = "run the audit again, with fewer [crawl] requests_per_second"
_NAMED = 3
"""Entries of a folder's list that are named."""


@disturbing(2)
async def exposed_files(wire: Wire, site: Site, crawl: Crawl) -> ExposedFiles:
    """Ask each host as a stranger; late, as some front ends shut out whoever asks for such files."""
    search = _Found(wire)
    hosts, unasked = [], list[Unasked]()
    for secure, plain in _origins(site):
        asking = _Host(wire, crawl, secure, plain, search)
        await asking.ask()
        hosts.append(asking.record())
        unasked += asking.unasked
    read = ("files", sum(host.files for host in hosts))
    found = Search(wire.detector.engine, (read, ("bytes", search.bytes)), search.gathering.secrets())
    return ExposedFiles(
        files=tuple(sorted(search.files, key=lambda each: each.url)),
        hosts=tuple(hosts),
        search=found,
        unasked=tuple(sorted(unasked, key=lambda each: each.url)),
    )


def _origins(site: Site) -> Iterator[tuple[str, str]]:
    """Of each host, by https and by plain http."""
    ports = [
        f":{port}" if port != usual else ""
        for port, usual in ((site.https_port, 443), (site.portal.plain_http_port, 80))
    ]
    for host in site.hosts:
        named = f"[{host}]" if ":" in host else host
        yield f"https://{named}{ports[0]}", f"http://{named}{ports[1]}"


class _Found:
    """What was found on all hosts."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self.gathering = Gathering(wire.redact, wire.key_providers.remember)
        self.files: list[ExposedFile] = []
        self.bytes = 0

    async def secrets(self, body: bytes, path: str) -> tuple[Found, ...]:
        """The secrets in a file."""
        self.bytes += len(body)
        return await asyncio.to_thread(self._wire.detector.find, body, path)

    def take(self, answer: Answer, what: str, proof: str, found: tuple[Found, ...]) -> None:
        """Keep a file."""
        url = answer.exchange.url
        for each in found:
            place = Place("exposed file", subject(url), each.line, each.view, "anonymous")
            self.gathering.add(each, place)
        self.files.append(ExposedFile(url, what, proof, tuple(dict.fromkeys(each.kind for each in found))))


@dataclass(slots=True)
class _Host:
    """One host, asked for all candidates.

    Attributes:
        origin: how it is asked: by https, unless that port is closed.
        plain: the same by plain http.
        asked: how many addresses were asked.
        public, alike: as `Asked`.
        unasked: as `ExposedFiles`.
    """

    wire: Wire
    crawl: Crawl
    origin: str
    plain: str
    found: _Found
    asked: int = 0
    public: set[str] = field(default_factory=set)
    alike: set[str] = field(default_factory=set)
    unasked: list[Unasked] = field(default_factory=list)

    async def ask(self) -> None:
        """All candidates, a few at once; none more once the host has stopped answering."""
        first = await self._first()
        candidates = list(dict.fromkeys(self._candidates()))
        for at in range(0, len(candidates), _AT_ONCE):
            if len(self.unasked) >= _TROUBLES:
                rest = len(candidates) - at
                self._left(
                    "/", Missing(Cause.UNREACHABLE, f"{rest} further addresses were not asked", _SLOWER)
                )
                break
            await self._at_once(candidates[at : at + _AT_ONCE])
        last = await self._answer(_nowhere())
        if first is not None and last is not None and _has_begun_to_refuse(first.exchange, last.exchange):
            why = f"the host began to refuse all: what does not exist was answered {last.exchange.status} at the end"
            settle = "let the audit's address through the firewall, and run it again"
            self._left("/", Missing(Cause.AMBIGUOUS, why, settle))

    async def _first(self) -> Answer | None:
        """What is answered where there is nothing."""
        try:
            return await self.wire.http.fetch("GET", self.origin + _nowhere(), max_bytes=_READ)
        except ConnectionRefused:
            self.origin = self.plain
        except WireError as error:
            self._left("/", gap(error))
            return None
        return await self._answer(_nowhere())

    def record(self) -> Asked:
        """What was asked of it."""
        return Asked(
            urlsplit(self.origin).netloc, self.asked, tuple(sorted(self.public)), tuple(sorted(self.alike))
        )

    def _candidates(self) -> Iterator[Candidate]:
        own = [page for page in self.crawl.seen_by() if page.url.startswith(self.origin + "/")]
        elsewhere = any(page.source == "probe" and self._leads_elsewhere(page) for page in own)
        yield from usual(urlsplit(self.origin).hostname or "", leads_elsewhere=elsewhere)
        if elsewhere:
            return
        paths = [urlsplit(page.url).path for page in own if page.exchange.status < 300]
        yield from in_folders(paths)
        yield from copies(paths)
        for page in own:
            if urlsplit(page.url).path == "/robots.txt" and page.exchange.status == 200:
                yield from named_by_robots(
                    (self.wire.http.bodies.of(page.exchange) or b"").decode("utf-8", "replace")
                )

    def _leads_elsewhere(self, page: Page) -> bool:
        led = self.wire.http.leads_to(page.url)
        return bool(led) and urlsplit(led).netloc != urlsplit(self.origin).netloc

    async def _at_once(self, candidates: list[Candidate]) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                for candidate in candidates:
                    group.create_task(self._try(candidate))
        except* StoreError as errors:
            raise errors.exceptions[0] from None

    async def _try(self, candidate: Candidate) -> None:
        self.asked += 1
        answer = await self._answer(candidate.path)
        if answer is None or answer.exchange.status not in (200, 203, 206) or not answer.body:
            return
        proof, found = await self._proof(candidate, answer)
        if not proof:
            return
        beside = await self._answer(made_up(candidate.path))
        if beside is None:
            return
        if beside.exchange.status < 300 and (await self._proof(candidate, beside))[0]:
            self.alike.add(answer.exchange.url)
        elif not found and self._is_offered(answer, candidate):
            self.public.add(answer.exchange.url)
        else:
            self.found.take(answer, candidate.what, proof, found)

    async def _proof(self, candidate: Candidate, answer: Answer) -> tuple[str, tuple[Found, ...]]:
        """By what the content shows what it is, and the secrets in it."""
        if candidate.proof == LISTING:
            url = self.origin + candidate.path
            entries = listed(answer.body, url)
            return (_of_list(entries, url) if entries else "", ())
        found = await self.found.secrets(answer.body, candidate.path)
        if candidate.proof == SECRETS:
            found = tuple(each for each in found if not each.personal)
            return (f"it holds {found[0].kind}" if found else "", found)
        return PROOFS[candidate.proof](answer.body), found

    def _is_offered(self, answer: Answer, candidate: Candidate) -> bool:
        """Whether the portal's own pages lead there, or name all that a list names: then it is meant to be read."""
        itself = answer.exchange.url
        if candidate.proof == LISTING:
            entries = listed(answer.body, self.origin + candidate.path)
            names = [urlsplit(entry).path for entry in entries]
            return self._is_linked(candidate.path, itself) or all(
                self._is_linked(name, itself) for name in names
            )
        return self._is_linked(candidate.path, itself)

    def _is_linked(self, path: str, itself: str) -> bool:
        """Whether the text of a page that strangers are given names this address as a whole."""
        whole = [
            f"{quote}{front}{path}{end}".encode()
            for quote in "\"'"
            for front in ("", self.origin)
            for end in "\"'?#"
        ]
        for page in self.crawl.seen_by():
            if page.url == itself:
                continue
            body = self.wire.http.bodies.of(page.exchange) if page.exchange.status < 300 else None
            if (
                body
                and (page.exchange.is_html or page.exchange.media_type == "text/css")
                and _names(body, path, whole)
            ):
                return True
        return False

    async def _answer(self, path: str) -> Answer | None:
        """What is answered; None, and noted, where that says nothing of what is there."""
        try:
            answer = await self.wire.http.fetch("GET", self.origin + path, max_bytes=_READ)
        except WireError as error:
            self._left(path, gap(error))
            return None
        if answer.exchange.is_not_now:
            self._left(path, _not_now(answer.exchange))
            return None
        return answer

    def _left(self, path: str, why: Missing) -> None:
        self.unasked.append(Unasked(self.wire.redact.url(self.origin + path), why))


def _names(body: bytes, path: str, whole: Iterable[bytes]) -> bool:
    return path.encode() in body and any(each in body for each in whole)


def _has_begun_to_refuse(first: Exchange, last: Exchange) -> bool:
    """Whether what does not exist is forbidden now, and was only not found before."""
    return first.status in (404, 410) and last.status in (401, 403, 406)


def _of_list(entries: tuple[str, ...], url: str) -> str:
    """What a list of a folder tells."""
    below = len(urlsplit(url).path)
    names = [urlsplit(subject(entry)).path[below:] for entry in entries[:_NAMED]]
    more = f" and {len(entries) - _NAMED} more" if len(entries) > _NAMED else ""
    return f"it lists {', '.join(names)}{more}"


def _nowhere() -> str:
    """An address that nothing is at."""
    return f"/launchready-{secrets.token_hex(6)}"


def _not_now(exchange: Exchange) -> Missing:
    why = f"the answer was {exchange.status}: not now"
    return Missing(Cause.UNREACHABLE, why, _SLOWER)
