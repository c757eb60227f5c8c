"""Whether anything protected opens without a session, or with one that is none."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

import msgspec

from launchready.collect._gaps import gap
from launchready.collect._trials import Trials
from launchready.collect.people import People
from launchready.collect.people.candidates import words_of
from launchready.collect.people.pieces import is_telling, pieces
from launchready.collect.people.protected import OpenRoute, ProtectedRoute, Survey, survey
from launchready.collect.reach.capability import is_secret
from launchready.errors import StoreError, WireError
from launchready.evidence import Missing
from launchready.evidence.bypass import Bypass, GuardedRoute, UnguardedRoute
from launchready.evidence.http import Crawl, Page
from launchready.evidence.sessions import NoSession, Sessions, SessionStart
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire import Touch, Wire

_MOST_LOOKS = 60
"""Addresses looked at as identity and as stranger, in all; a portal's templates are shared by its identities."""
_MOST_REQUEST_ROUTES = 2
_LINKED = ("start", "link", "form", "sitemap", "load")
_MOST_PUBLIC = 5
_HEX = re.compile(r"[0-9a-f]{32}(?:\.[a-z0-9]{1,8})?")
"""An id without its dashes, or a secret: nobody can tell."""


async def bypass(wire: Wire, site: Site, people: People, crawl: Crawl, sessions: Sessions) -> Bypass:
    """Look for protected addresses, ask them as a stranger, then (with consent) with all that is no session.

    Raises:
        WireError: there was no answer at all.
    """
    starts = _in_order(sessions.signed_in)
    unlooked = [(each.identity, each.why) for each in sessions.people if isinstance(each, NoSession)]
    surveys: dict[str, Survey] = {}
    known: set[str] = set()
    for start in starts:
        found = survey(people, start.identity, crawl)
        try:
            left = _MOST_LOOKS - len(known)
            await found.until(_MOST_LOOKS, looks=left, known=known, late=False)
            if not found.protected and not known:
                await found.until(_MOST_LOOKS, looks=left, known=known)
        except StoreError:
            raise
        except WireError as error:
            unlooked.append((start.identity, gap(error)))
            continue
        surveys[start.identity] = found
        known |= {route.shape for route in found.protected} | {route.shape for route in found.open}
    trials = Trials(people)
    refused: Missing | None = None
    if wire.gate.consent >= Touch.PROBE:
        unlooked += await _try(people, trials, starts, surveys)
    else:
        refused = Missing(
            Cause.NO_CONSENT,
            "tokens and cookies are forged, and guards tricked, with consent only",
            "set active = true and authorised_by in [scope], and run the audit with --active",
        )
    unguarded: list[UnguardedRoute] = []
    for name, found in surveys.items():
        routes, unseen = await _unguarded(people, site, crawl, name, found)
        unguarded += routes
        unlooked += unseen
    return Bypass(
        identities=tuple(surveys),
        guarded=tuple(_guarded(name, route) for name, found in surveys.items() for route in found.protected),
        unguarded=tuple(sorted(unguarded, key=lambda each: (each.shape, each.identity))),
        trials=tuple(sorted(trials.made, key=lambda each: (each.shape, each.kind, each.how))),
        carriers=tuple(trials.carriers),
        unlooked=tuple(unlooked),
        refused=refused,
        keys_tried=trials.keys_tried,
    )


def _in_order(starts: Iterable[SessionStart]) -> list[SessionStart]:
    """An ordinary test account first, then those who see most, so that the rest find little left to look at."""
    ordered = sorted(starts, key=lambda each: (not each.test, each.admin, each.mfa))
    return ordered[:1] + sorted(ordered[1:], key=lambda each: not each.admin)


async def _try(
    people: People,
    trials: Trials,
    starts: Iterable[SessionStart],
    surveys: dict[str, Survey],
) -> list[tuple[str, Missing]]:
    """The request is tricked at a few addresses that differ as much as they can; a session at two of each kind.

    Gives (identity, why) where a session was not there any more afterwards: its trials then tell little.
    """
    done: set[tuple[str, ...]] = set()
    lost: list[tuple[str, Missing]] = []
    left = _MOST_REQUEST_ROUTES
    usernames = {each.name: each.username for each in people.site.identities}
    for start in starts:
        found = surveys.get(start.identity)
        if found is None or not found.protected:
            continue
        routes = list(_unlike(found.protected))
        carried = (start.way, *start.carriers)
        # Those of a first identity stand for the portal, one of another's for the area that only it sees.
        chosen = routes[: min(left, 1 if done else 2)]
        if not chosen and carried in done:
            continue
        left -= len(chosen)
        try:
            async with people.acting_as(start.identity) as session:
                await trials.of_the_request(session, chosen)
                if carried not in done:
                    done.add(carried)
                    others = [usernames[name] for name in surveys if name != start.identity]
                    whose = _telling_whose(routes, (usernames[start.identity], start.identity))
                    await trials.of_the_session(session, whose[:2], filter(None, others))
        except StoreError:
            raise
        except WireError as error:
            lost.append((start.identity, gap(error)))
    return lost


def _unlike(routes: Iterable[ProtectedRoute]) -> Iterator[ProtectedRoute]:
    """A page, an API route, a file, and so on in turn; those first that show most."""
    kinds: dict[str, list[ProtectedRoute]] = {"page": [], "api": [], "file": []}
    for route in sorted(routes, key=lambda each: (-min(len(each.markers), 6), each.url)):
        kinds[route.kind].append(route)
    while any(kinds.values()):
        for each in kinds.values():
            if each:
                yield each.pop(0)


def _telling_whose(routes: list[ProtectedRoute], names: Iterable[str]) -> list[ProtectedRoute]:
    """Addresses that say whose session it is come first, then those that others could open as well."""
    names = tuple(names)
    return sorted(routes, key=lambda each: (not each.personal(names), "{" in each.shape, each.kind == "file"))


def _guarded(name: str, route: ProtectedRoute) -> GuardedRoute:
    return GuardedRoute(name, route.shape, route.kind, route.owner, route.anonymous, len(route.markers))


async def _unguarded(
    people: People, site: Site, crawl: Crawl, name: str, found: Survey
) -> tuple[list[UnguardedRoute], list[tuple[str, Missing]]]:
    """What a stranger is shown as well, with what would say that it was not meant for strangers.

    Gives (identity, why) besides, for each that could not be compared with what is public.
    """
    linked = {page.shape.partition("?")[0] for page in _public(crawl)}
    identity = next(each for each in site.identities if each.name == name)
    names = [each.encode() for each in (identity.username.lower(),) if len(each) >= 5]
    routes: list[UnguardedRoute] = []
    unseen: list[tuple[str, Missing]] = []
    for route in found.open:
        if _is_capability(route.url):
            continue
        is_linked = route.shape.partition("?")[0] in linked
        base = UnguardedRoute(
            name,
            route.shape,
            route.kind,
            route.owner,
            route.anonymous,
            is_linked,
            for_all=found.is_for_all(route),
        )
        if is_linked:
            routes.append(base)
            continue
        guard, shared = _guard_of(route, found.protected)
        own = route.own
        if guard is not None or any(n in piece.lower() for n in names for piece in own):
            try:
                public = await _shown_in_public(people, crawl, route)
            except StoreError:
                raise
            except WireError as error:
                what = f"whether what strangers are shown at {route.shape} is public was not seen"
                unseen.append((name, gap(error, what)))
                continue
            own -= public
            shared -= public
        personal = any(n in piece.lower() for n in names for piece in own)
        is_record = route.kind == "file" and guard is not None and not any(map(is_telling, own - _whole(own)))
        guarded = guard.owner.url if guard is not None and (shared or is_record) else ""
        routes.append(msgspec.structs.replace(base, personal=personal, shared=len(shared), guarded=guarded))
    return routes, unseen


def _public(crawl: Crawl) -> Iterator[Page]:
    """What the portal itself leads strangers to. An address in a script may be meant for those who are signed in."""
    return (page for page in crawl.pages if page.who == "anonymous" and page.source in _LINKED)


def _guard_of(
    route: OpenRoute, protected: Iterable[ProtectedRoute]
) -> tuple[ProtectedRoute | None, frozenset[bytes]]:
    """The protected address about the same thing that shows the same values; for a file, the record it belongs to."""
    best: ProtectedRoute | None = None
    shared: frozenset[bytes] = frozenset()
    words = set(words_of(route.shape))
    for each in protected:
        if not words & set(words_of(each.shape)):
            continue
        common = frozenset(filter(is_telling, route.own & each.markers))
        below = urlsplit(route.url).path.startswith(urlsplit(each.url).path.rstrip("/") + "/")
        record = route.kind == "file" and below and "{" in route.shape
        if len(common) > len(shared) or (best is None and record):
            best, shared = each, common
    return best, shared


async def _shown_in_public(people: People, crawl: Crawl, route: OpenRoute) -> frozenset[bytes]:
    """The values on public pages about the same thing: what stands there is no secret here.

    Raises:
        WireError: one of them was not to be had, and what stands there may look like a secret.
    """
    words = set(words_of(route.shape))
    about = sorted(
        (page for page in _public(crawl) if page.exchange.status == 200 and page.exchange.is_html),
        key=lambda page: (not words & set(words_of(page.shape)), page.source != "start", page.url),
    )
    shown: set[bytes] = set()
    for page in about[:_MOST_PUBLIC]:
        shown |= pieces(await people.stranger().fetch("GET", people.wire.http.address_of(page.url)))
    return frozenset(shown)


def _whole(own: Iterable[bytes]) -> frozenset[bytes]:
    return frozenset(piece for piece in own if piece.startswith(b"sha256 "))


def _is_capability(url: str) -> bool:
    """Whether the address itself is the secret, as a signed download or a shared link: whoever has it may come in."""
    parts = urlsplit(url)
    values = (*unquote(parts.path).split("/"), *(value for _, value in parse_qsl(parts.query)))
    return any(is_secret(each) or _HEX.fullmatch(each) for each in values)
