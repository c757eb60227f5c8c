"""Collects `ErrorPages`: errors are provoked without harm, as a stranger and as each identity, and the answers read."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from launchready.collect import disturbing
from launchready.collect._gaps import gap
from launchready.collect.errors.anew import Anew, Asked
from launchready.collect.errors.provoking import (
    Provocation,
    of_folder,
    of_host,
    of_interface,
    of_login,
    of_template,
    unknown_paths,
)
from launchready.collect.errors.reading import Reader
from launchready.collect.people import People, SignedIn
from launchready.collect.wording import address_says
from launchready.errors import Refused, StoreError, WireError
from launchready.evidence import Missing
from launchready.evidence.error_pages import ErrorAnswer, ErrorPages
from launchready.evidence.http import Crawl, Page
from launchready.evidence.redact import subject
from launchready.evidence.sessions import NoSession, Sessions
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire import Touch, Wire
from launchready.wire.visitor import Visitor

MOST_TEMPLATES = 24
"""Kinds of pages at which each visitor sends ids that are none."""
MOST_THOROUGH = 6
"""Of these, where more than one is sent."""
EVERYBODY = 2
"""Of these, at which each visitor sends one in any case: an error may be told otherwise to one role than to another."""
MOST_FOLDERS = 12
"""Folders in which each visitor asks for an item that is not there."""
MOST_INTERFACES = 3
_GRAPHQL = "/graphql"
_PASSING = "in passing"
_VERSION = re.compile(r"v\d{1,3}")


@disturbing(2)
async def error_pages(
    wire: Wire, site: Site, people: People, crawl: Crawl, sessions: Sessions | Missing
) -> ErrorPages:
    """Provoke errors everywhere once, then read those that came up in the run by themselves.

    It waits for others, as broken requests at the login may count with a limiter there.

    Raises:
        WireError: the portal did not answer at all.
    """
    looking = _Looking(wire, site, people, crawl)
    known = () if isinstance(sessions, Missing) else sessions.people
    await looking.as_a_stranger()
    for each in known:
        if isinstance(each, NoSession):
            looking.unlooked.append((each.identity, each.why))
        elif looking.may_provoke:
            await looking.as_identity(each.identity)
    if not known:
        looking.unlooked.append(("those who are signed in", _NOBODY))
    await looking.in_passing()
    return looking.seen()


_NOBODY = Missing(
    Cause.NOT_COLLECTED,
    "error pages that only those see who are signed in were not looked at, as there is nobody to sign in as",
    "add an [[identity]] to the portal file",
)
_REFUSED = Missing(
    Cause.NO_CONSENT,
    "errors are provoked, by ids that are none and by requests that cannot be read, with consent only",
    "set active = true and authorised_by in [scope], and run the audit with --active",
)


@dataclass(slots=True)
class _Looking:
    """One run."""

    wire: Wire
    site: Site
    people: People
    crawl: Crawl
    unlooked: list[tuple[str, Missing]] = field(default_factory=list)
    answers: list[ErrorAnswer] = field(default_factory=list)
    reader: Reader = field(init=False)
    anew: Anew = field(init=False)
    _tried: set[str] = field(default_factory=set)
    _read: set[str] = field(default_factory=set)
    _usual: set[str] = field(default_factory=set)
    """Answers that are no errors, by digest: whoever may ask is given those without provoking anything."""

    def __post_init__(self) -> None:
        pages = self.crawl.pages
        paths = {
            urlsplit(self.wire.http.address_of(page.url)).path for page in pages if page.exchange.status < 400
        }
        self._usual = {page.exchange.digest for page in pages if page.exchange.status < 400}
        self.anew = Anew(self.people)
        self.reader = Reader(
            self.wire,
            self.site.portal.url,
            (*self.site.hosts, *self.site.scope.hosts),
            paths,
            self.anew,
        )

    @property
    def may_provoke(self) -> bool:
        """Whether there is consent for it."""
        return self.wire.gate.consent >= Touch.PROBE

    async def as_a_stranger(self) -> None:
        """At each host, at the login, at the JSON interface, and at kinds of pages that strangers see."""
        stranger = self.people.stranger()
        for origin in self._origins():
            await self._send(stranger, unknown_paths(origin, next(iter(self._json_folders(origin)), "")))
            if self.may_provoke:
                await self._send(stranger, of_host(origin, self._cookies()))
        if self.may_provoke:
            await self._send(stranger, self._at_the_login())
            for url in self._interfaces():
                await self._send(
                    stranger, of_interface(url, is_graphql=urlsplit(url).path.endswith(_GRAPHQL))
                )
            await self._send(stranger, self._templates("anonymous"))
        await self._send(stranger, self._folders("anonymous", Touch.READ))

    async def as_identity(self, name: str) -> None:
        """At kinds of pages that this identity sees and nobody before it, and at the JSON interface once."""
        wanted = [*self._templates(name), *self._folders(name, Touch.SIGN_IN), *await self._interface()]
        if not wanted:
            return
        try:
            async with self.people.acting_as(name) as session:
                await self._send(session.visitor, wanted)
        except StoreError:
            raise
        except WireError as error:
            self.unlooked.append((name, gap(error)))

    async def in_passing(self) -> None:
        """Errors that came up in the run by themselves; only those that tell something are worth a line."""
        stranger = self.people.stranger()
        for answer, who in self.wire.http.mishaps:
            exchange = answer.exchange
            read = exchange.digest in self._read or exchange.digest in self.anew.digests
            if read or urlsplit(exchange.url).hostname not in self.reader.own_hosts:
                continue
            visitor = await self._visitor(who) or stranger
            place = self._place(exchange.url)
            url = self.wire.http.address_of(exchange.url)
            asked = Asked(exchange.method, url) if visitor.name == who else None
            told = await self.reader.told(answer, place, visitor, base=self.site.portal.url, asked=asked)
            if told:
                self.answers.append(ErrorAnswer(_PASSING, exchange.method, place, who, exchange.status, told))

    async def _visitor(self, who: str) -> Visitor | None:
        session = next((each for each in self.people.opened if each.identity.name == who), None)
        return session.visitor if isinstance(session, SignedIn) else None

    async def _send(self, visitor: Visitor, provocations: Iterable[Provocation]) -> None:
        for each in provocations:
            place = self._place(each.url)
            try:
                answer = await visitor.fetch(
                    each.method, each.url, headers=each.headers, body=each.body, touch=each.touch
                )
            except StoreError:
                raise
            except Refused as error:
                self.unlooked.append((visitor.name, gap(error)))
                continue
            except WireError:
                continue  # a server may hang up on what it cannot read: that tells nothing
            self._read.add(answer.exchange.digest)
            is_usual = answer.exchange.digest in self._usual
            asked = Asked(each.method, each.url, each.headers, each.touch)
            told = (
                ()
                if is_usual
                else await self.reader.told(answer, place, visitor, base=each.base, asked=asked)
            )
            self.answers.append(
                ErrorAnswer(each.way, each.method, place, visitor.name, answer.exchange.status, told)
            )

    def _place(self, url: str) -> str:
        """The address without query, and with what we put in place of ids left away."""
        parts = urlsplit(subject(url))
        segments = ["…" if len(each) > 60 or "%" in each else each for each in parts.path.split("/")]
        return f"{parts.scheme}://{parts.netloc}{'/'.join(segments)}"

    def _origins(self) -> list[str]:
        """Of the hosts that answered the stranger themselves, those first where the portal begins."""
        hosts = dict.fromkeys([self.site.host, *self.site.hosts])
        found: dict[str, str] = {}
        for page in self.crawl.seen_by():
            parts = urlsplit(page.url)
            if parts.scheme == "https" and page.exchange.status < 300 and parts.hostname in hosts:
                found.setdefault(parts.hostname or "", f"{parts.scheme}://{parts.netloc}")
        return [found[host] for host in hosts if host in found]

    def _json_folders(self, origin: str) -> list[str]:
        """Folders of this host's JSON interface, as "/api" and "/api/v1"; none where the crawl saw none."""
        found: dict[str, None] = {}
        for page in self.crawl.pages:
            segments = urlsplit(page.url).path.split("/")
            if page.url.startswith(f"{origin}/") and _is_json(page) and len(segments) > 2:
                found["/" + segments[1]] = None
                if _VERSION.fullmatch(segments[2]) and len(segments) > 3:
                    found["/".join(segments[:3])] = None
        return list(found)

    def _cookies(self) -> list[str]:
        """Names of the cookies that signed-in people hold."""
        return sorted({cookie.name for session in self.people.opened for cookie in session.visitor.cookies})

    def _at_the_login(self) -> Iterator[Provocation]:
        ways = {session.way.url: session.way.kind for session in self.people.opened if session.way}
        for url, kind in sorted(ways.items())[:2]:
            if url:
                yield from of_login(url, takes_json=kind == "json")

    def _interfaces(self) -> list[str]:
        """Addresses that take JSON by their looks: GraphQL, and what strangers were answered by in JSON."""
        found: dict[str, str] = {}
        for page in self.crawl.pages:
            path = urlsplit(page.url).path
            if path.endswith(_GRAPHQL) or (
                page.who == "anonymous" and _is_json(page) and page.exchange.status < 300
            ):
                raw = urlsplit(self.wire.http.address_of(page.url))
                found.setdefault(page.shape, f"{raw.scheme}://{raw.netloc}{raw.path}")
        ordered = sorted(found.values(), key=lambda url: not urlsplit(url).path.endswith(_GRAPHQL))
        return ordered[:MOST_INTERFACES]

    async def _interface(self) -> list[Provocation]:
        """At what scripts and the OpenAPI document name: items that are not there, and ids that are none."""
        if "interface" in self._tried:
            return []
        self._tried.add("interface")
        origin = self.site.portal.url.rstrip("/")
        apis = self.people.apis
        found: list[Provocation] = []
        for operation in (each for each in await apis.operations() if each.method == "get"):
            path, example = urljoin(origin, operation.path), re.sub(r"\{[^{}]*\}", "1", operation.path)
            if path not in self._tried and len(found) < 2 * MOST_TEMPLATES:
                self._tried.add(path)
                found += of_template(urljoin(origin, example), path, thorough=False)
        scripts = [page.url for page in self.crawl.pages if "javascript" in page.exchange.media_type]
        for path in (await apis.paths_in(map(self.wire.http.address_of, scripts)))[:MOST_TEMPLATES]:
            url = urljoin(origin, path.rstrip("/"))
            if url not in self._tried and not address_says(url):
                self._tried.add(url)
                if path.endswith(_GRAPHQL):
                    for folder in ("", *self._json_folders(origin)):
                        found += of_interface(urljoin(origin, folder + path), is_graphql=True)
                else:
                    found.append(of_folder(url, Touch.PROBE))
        return found

    def _given(self, who: str) -> Iterator[Page]:
        """What this visitor was given on the portal's own hosts, the JSON interface first."""
        for page in sorted(self.crawl.seen_by(who), key=lambda each: (not _is_json(each), each.shape)):
            fits = page.exchange.status < 300 and urlsplit(page.url).hostname in self.site.hosts
            if fits and page.url not in self.crawl.signs_out:
                yield page

    def _templates(self, who: str) -> Iterator[Provocation]:
        """At kinds of pages that have an id or a parameter and that nobody was at before, and at a few in any case."""
        taken = 0
        for page in self._given(who):
            url = self.wire.http.address_of(page.url)
            is_new = page.shape not in self._tried
            sent = list(of_template(url, page.shape, thorough=is_new and taken < MOST_THOROUGH))
            if sent and (is_new or taken < EVERYBODY) and taken < MOST_TEMPLATES:
                taken += 1
                self._tried.add(page.shape)
                yield from sent

    def _folders(self, who: str, touch: Touch) -> Iterator[Provocation]:
        """In folders of pages, and beneath lists of the JSON interface; where ids stand, others look."""
        taken = 0
        for page in self._given(who):
            parts = urlsplit(self.wire.http.address_of(page.url))
            path = parts.path.rstrip("/") if _is_json(page) else parts.path.rpartition("/")[0]
            folder = f"{parts.scheme}://{parts.netloc}{path}"
            if path and "{" not in page.shape and folder not in self._tried and taken < MOST_FOLDERS:
                taken += 1
                self._tried.add(folder)
                yield of_folder(folder, touch)

    def seen(self) -> ErrorPages:
        """All that was seen."""
        return ErrorPages(
            answers=tuple(self.answers),
            looked=self.reader.looked,
            search=self.reader.searched(),
            refused=None if self.may_provoke else _REFUSED,
            unlooked=tuple(dict.fromkeys(self.unlooked)),
        )


def _is_json(page: Page) -> bool:
    media_type = page.exchange.media_type
    return media_type.endswith("json") and "manifest" not in media_type
