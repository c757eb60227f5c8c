"""Where the portal sends people on: which parameters it follows, and whether another host can be written into them.

A parameter counts only where an own page given in it was followed: what nothing follows, nothing can be done with. Then
other hosts are tried, in ways that only browsers read as such, and where the answer would lead is read as browsers do.
No address but the portal's own is ever asked.
"""

import asyncio
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, urlsplit

from launchready.collect import disturbing
from launchready.collect._gaps import gap
from launchready.collect.people import People
from launchready.collect.people.pages import Page
from launchready.collect.sending_on.authorizing import logins_elsewhere
from launchready.collect.sending_on.evading import Evasion, evasions, with_parameters, without
from launchready.collect.sending_on.return_addresses import AfterLogin
from launchready.collect.sending_on.returning import Returning, acts
from launchready.collect.wording import address_says
from launchready.errors import WireError
from launchready.evidence import Missing
from launchready.evidence.callbacks import Callback, Callbacks, Leading
from launchready.evidence.http import Crawl
from launchready.evidence.http import Page as CrawledPage
from launchready.evidence.public_suffix import registrable
from launchready.evidence.sessions import Sessions
from launchready.site import Site
from launchready.wire import Touch, Wire

_MOST_PLACES = 8
"""Addresses beside the login page whose parameters are tried."""


@disturbing(1)
async def callbacks(
    wire: Wire, site: Site, people: People, sessions: Sessions | Missing, crawl: Crawl | Missing
) -> Callbacks:
    """Try every return address that links, forms and the login page show, and every login at another server.

    It waits until others are done, as it signs out, which ends all sessions of the person at some portals.
    """
    read = Returning(wire, site, registrable(site.host))
    values = tuple(evasions(urlsplit(site.portal.url).netloc, read.registered))
    found: list[Callback] = []
    ignored: list[tuple[str, str]] = []
    gaps = [crawl] if isinstance(crawl, Missing) else []
    seen = tuple(_sightings(wire, site, crawl.pages if isinstance(crawl, Crawl) else ()))
    async with asyncio.TaskGroup() as group:
        open_ones = [
            group.create_task(_open_one(people, read, values, sighting)) for sighting in seen[:_MOST_PLACES]
        ]
    for (url, parameter, _), task in zip(seen, open_ones, strict=False):
        match task.result():
            case Callback() as callback:
                found.append(callback)
            case Missing() as gone:
                gaps.append(gone)
            case False:
                ignored.append((wire.http.remember(url), parameter))
    login = AfterLogin(people, read, values)
    await login.look(sessions, crawl, seen)
    elsewhere, unseen = await logins_elsewhere(wire, site, people, crawl, login.page)
    return Callbacks(
        (*found, *login.found),
        tuple(dict.fromkeys((*ignored, *login.ignored))),
        elsewhere,
        tuple(dict.fromkeys((*gaps, *login.gaps, *unseen))),
        login.sign_ins,
    )


Sighting = tuple[str, str, str]
"""Address without the parameter, parameter, value."""


def _sightings(wire: Wire, site: Site, pages: Iterable[CrawledPage]) -> Iterator[Sighting]:
    """All parameters that hold an address; one for each path and name."""
    seen: set[tuple[str, str]] = set()
    for page in pages:
        for address in (wire.http.address_of(page.url), wire.http.leads_to(page.url)):
            parts = urlsplit(address)
            if (parts.hostname or "") not in site.hosts or address_says(address):
                continue
            for name, value in parse_qsl(parts.query):
                if value.startswith(("/", "http://", "https://")) and (parts.path, name) not in seen:
                    seen.add((parts.path, name))
                    yield without(address, name), name, value


async def _open_one(
    people: People, read: Returning, values: tuple[Evasion, ...], sighting: Sighting
) -> Callback | bool | Missing:
    """A parameter that leads anybody on; False where it does not, True where that is for the login to tell."""
    url, parameter, value = sighting
    stranger = people.stranger()
    for own in ("/?launchready=1", value):
        try:
            answer = await stranger.fetch("GET", with_parameters(url, ((parameter, own),)))
        except WireError as error:
            return gap(error, f"whether {parameter} leads strangers on was not tried")
        if honoured := read.honoured((answer,), {own: parameter}):
            tried, why = await _evaded(people, read, values, url, parameter)
            return Callback(people.wire.http.remember(url), parameter, "open", honoured[0], tried, why)
    page = Page(url, answer)
    return page.login is not None or page.identifier is not None


async def _evaded(
    people: People, read: Returning, values: tuple[Evasion, ...], url: str, parameter: str
) -> tuple[tuple[Leading, ...], Missing | None]:
    """All evasions at an address that anybody may ask."""
    visitor = people.stranger(Touch.PROBE)
    tried: list[Leading] = []
    for evasion in values:
        try:
            answer = await visitor.fetch("GET", with_parameters(url, ((parameter, evasion.value),)))
        except WireError as error:
            return tuple(tried), gap(error, f"other hosts in {parameter} were not all tried")
        tried.append(read.worst((answer,), evasion))
        if acts(tried[-1]):
            break
    return tuple(tried), None
