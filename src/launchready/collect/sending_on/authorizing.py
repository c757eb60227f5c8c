"""Logins that the portal starts at an authorization server (OAuth 2.0, OpenID Connect), and what their callbacks believe.

Two things decide. At the server: to which changed addresses it would send a login back. It is asked in a way that needs
nobody to sign in: with a response type that does not exist, or told to ask nobody anything, a server sends the error to
the redirect_uri if that is a registered one, and shows an error page of its own if it is not (RFC 6749, 4.1.2.1). At the
portal: whether a login that another browser began is taken, told by comparing how made-up codes are refused with the
right state, with somebody else's and with none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit, urlunsplit

from launchready.collect._gaps import gap
from launchready.collect.people import People
from launchready.collect.people.pages import Page
from launchready.collect.people.pieces import pieces
from launchready.collect.sending_on.evading import ELSEWHERE, with_parameters, without
from launchready.collect.sending_on.leading import leads, read_address
from launchready.errors import WireError
from launchready.evidence import Missing
from launchready.evidence.callbacks import Registration, SignInElsewhere
from launchready.evidence.http import Crawl
from launchready.site import Site
from launchready.verdict import Cause
from launchready.wire import Touch, Wire
from launchready.wire.http import Answer
from launchready.wire.visitor import Visitor

_MOST_STARTS = 3
_MOST_LINKS = 30
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_BOGUS = "launchready-made-up"
_NO_STATE = "whether the callback looks at the state was not tried"


@dataclass(frozen=True, slots=True)
class _Start:
    """One login begun: the request that the portal sends a browser to the server with. Raw.

    Attributes:
        url: of the portal.
        method: GET, or POST for a button in a form of its own.
        body: of the POST.
        visitor: who began it.
        authorize: the server's address with all parameters.
    """

    url: str
    method: str
    visitor: Visitor
    authorize: str

    def parameter(self, name: str) -> str:
        """A parameter of the request to the server; empty where there is none."""
        return next(iter(parse_qs(urlsplit(self.authorize).query).get(name, ())), "")


async def logins_elsewhere(
    wire: Wire, site: Site, people: People, crawl: Crawl | Missing, login_page: str
) -> tuple[tuple[SignInElsewhere, ...], tuple[Missing, ...]]:
    """Every login elsewhere that the crawl or the login page leads to; servers out of scope are not asked.

    Gives besides why others could not be looked at.
    """
    found: dict[tuple[str, str], SignInElsewhere] = {}
    gaps: list[Missing] = []
    for url in await _where(people, crawl, login_page, gaps):
        try:
            start = await _begin(people, url)
        except WireError as error:
            gaps.append(gap(error, "a login at another server was not begun"))
            continue
        if start is None:
            continue
        key = (urlsplit(start.authorize).hostname or "", start.parameter("client_id"))
        if key not in found and len(found) < _MOST_STARTS:
            found[key] = await _looked_at(wire, site, people, start)
    return tuple(found.values()), tuple(gaps)


async def _where(people: People, crawl: Crawl | Missing, login_page: str, gaps: list[Missing]) -> list[str]:
    """Addresses of the portal that may begin a login elsewhere: redirects the crawl saw, then links of the login page.

    What was not to be had is added to `gaps`.
    """
    http, urls = people.wire.http, dict[str, None]()
    for page in crawl.pages if isinstance(crawl, Crawl) else ():
        if _is_authorization(http.leads_to(page.url)):
            urls[http.address_of(page.url)] = None
    if login_page:
        try:
            answer = await people.stranger().fetch("GET", login_page)
        except WireError as error:
            gaps.append(gap(error, "whether the login page leads to a login elsewhere was not seen"))
            return list(urls)
        for link in Page(login_page, answer).links[:_MOST_LINKS]:
            own = urlsplit(link.url).hostname in people.site.hosts
            if own and http.leads_to(http.remember(link.url)):
                urls.setdefault(link.url)
    return list(urls)


def _is_authorization(address: str) -> bool:
    names = parse_qs(urlsplit(address).query)
    return "client_id" in names and "redirect_uri" in names


async def _begin(people: People, url: str) -> _Start | None:
    """A login begun by a stranger; None where the address begins none. Raises WireError as `fetch` does."""
    visitor = people.stranger()
    answer = await visitor.fetch("GET", url)
    location = next((value for name, value in answer.headers if name.lower() == "location"), "")
    return _Start(url, "GET", visitor, location) if _is_authorization(location) else None


async def _looked_at(wire: Wire, site: Site, people: People, start: _Start) -> SignInElsewhere:
    second: _Start | Missing | None
    try:
        second = await _begin(people, start.url)
    except WireError as error:
        second = gap(error, _NO_STATE)
    back = urlsplit(start.parameter("redirect_uri"))
    state = start.parameter("state")
    forged, stateless = await _believed(people, start, second)
    return SignInElsewhere(
        url=wire.http.remember(start.url),
        server=urlsplit(start.authorize).hostname or "",
        response_type=start.parameter("response_type"),
        state=bool(state),
        nonce=bool(start.parameter("nonce")),
        challenge=bool(start.parameter("code_challenge")),
        state_repeats=bool(state) and isinstance(second, _Start) and second.parameter("state") == state,
        plain_return=back.scheme == "http" and back.hostname not in _LOOPBACK,
        registrations=await _registrations(site, people, start),
        forged_return=forged,
        stateless_return=stateless,
    )


def changed_addresses(uri: str) -> Iterator[tuple[str, str]]:
    """(what was changed, value): ways in which a redirect_uri that is not registered may pass a loose comparison."""
    parts = urlsplit(uri)
    host, path = parts.netloc, parts.path or "/"

    def put(**other: str) -> str:
        return urlunsplit(parts._replace(**other))

    yield "another host", put(netloc=ELSEWHERE)
    yield "the own host as the beginning of another", put(netloc=f"{parts.hostname}.{ELSEWHERE}")
    yield "the own host as a user name", put(netloc=f"{host}@{ELSEWHERE}")
    yield "a subdomain of the own host", put(netloc=f"launchready-callback.{host}")
    yield "a longer path", put(path=path.rstrip("/") + "/launchready")
    yield "a path that leads out of the registered one", put(path=path.rstrip("/") + "/../launchready")
    yield "another path", put(path="/launchready")
    if parts.scheme == "https":
        yield "http for https", put(scheme="http")


async def _registrations(site: Site, people: People, start: _Start) -> tuple[Registration, ...] | Missing:
    """Which changed addresses the server would send an error to, and so a code."""
    server = urlsplit(start.authorize).hostname or ""
    if not site.in_scope(server):
        return Missing(
            Cause.NO_CONSENT,
            f"{server} is outside the scope, so which other return addresses it takes was not tried",
            "add it to [scope] hosts if it is yours, or see there that each return address is registered in full",
        )
    uri = start.parameter("redirect_uri")
    visitor = people.stranger(Touch.PROBE)
    found = []
    try:
        asked = await _answered_by_error(visitor, start.authorize, uri)
        if not asked:
            return Missing(
                Cause.AMBIGUOUS,
                f"{server} does not send errors back to the registered address, so changed ones tell nothing",
                "see at the server that each return address is registered in full",
            )
        for change, value in changed_addresses(uri):
            url = with_parameters(without(asked, "redirect_uri"), (("redirect_uri", value),))
            answer = await visitor.fetch("GET", url)
            found.append(Registration(change, value, _goes_to(answer, url, value), answer.exchange))
    except WireError as error:
        return gap(error, f"which other return addresses {server} takes was not tried")
    return tuple(found)


async def _answered_by_error(visitor: Visitor, authorize: str, uri: str) -> str:
    """The request, made so that the server sends an error back to a registered address at once; empty if none does."""
    for name, value in (("response_type", _BOGUS), ("prompt", "none")):
        asked = with_parameters(without(authorize, name), ((name, value),))
        if _goes_to(await visitor.fetch("GET", asked), asked, uri):
            return asked
    return ""


def _goes_to(answer: Answer, base: str, uri: str) -> bool:
    """Whether the answer sends a browser to this address, whatever is added to its query."""
    wanted = read_address(base, uri)
    for lead in leads(answer):
        reading = read_address(base, lead.written)
        same = (reading.scheme, reading.host) == (wanted.scheme, wanted.host)
        if same and reading.path.partition("?")[0] == wanted.path.partition("?")[0] and lead.how != "link":
            return True
    return False


async def _believed(
    people: People, start: _Start, second: _Start | Missing | None
) -> tuple[bool | Missing, bool | Missing]:
    """Whether the callback looks at the state: with a foreign one, and with none.

    The code is made up, so nobody is ever signed in. A callback that looks at the state refuses a foreign one in another
    way than it refuses a bad code; one that refuses all alike may do either.
    """
    uri = start.parameter("redirect_uri")
    state = start.parameter("state")
    if not state:
        return False, False  # judged by there being no state
    if isinstance(second, Missing):
        return second, second
    once = Missing(Cause.AMBIGUOUS, f"{_NO_STATE}: the portal began no further login", "run the audit again")
    if second is None:
        return once, once
    try:
        own = await _callback(second, uri, (("code", _BOGUS), ("state", second.parameter("state"))))
        further = await _begin(people, start.url)
        other = await _begin(people, start.url)
        if further is None or other is None:
            return once, once
        foreign = await _callback(further, uri, (("code", _BOGUS), ("state", state)))
        none = await _callback(other, uri, (("code", _BOGUS),))
    except WireError as error:
        missing = gap(error, _NO_STATE)
        return missing, missing
    unclear = Missing(
        Cause.AMBIGUOUS,
        "the callback refuses a made-up code alike with the right state, a foreign one and none",
        "begin a login in one browser and open the address it comes back to in another: it must be refused",
    )
    protected = bool(start.parameter("code_challenge"))
    return tuple(  # type: ignore[return-value] # of two
        False if protected or _unlike(own, each) else unclear for each in (foreign, none)
    )


async def _callback(start: _Start, uri: str, pairs: tuple[tuple[str, str], ...]) -> tuple[Answer, ...]:
    return await start.visitor.follow("GET", with_parameters(uri, pairs), touch=Touch.PROBE)


def _unlike(one: tuple[Answer, ...], other: tuple[Answer, ...]) -> bool:
    """Whether two refusals differ in what a person would notice."""
    if [each.exchange.status for each in one] != [each.exchange.status for each in other]:
        return True
    return any(pieces(a) != pieces(b) for a, b in zip(one, other, strict=True))
