"""What may a fault change?

A `World` is everything the servers of the test bed read at each request: plain data and hooks. `sound_world` builds a
sound one; switching builds a fresh world and lets each fault change it, so nothing of the last one can stay behind.
"""

from __future__ import annotations

import sqlite3
import ssl
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from launchready_testbed.authority import Authority, Signer
from launchready_testbed.dns import Zone, sound_zone
from launchready_testbed.logbook import Logbook
from launchready_testbed.mail.keys import KeyRing
from launchready_testbed.mail.post_office import PostOffice
from launchready_testbed.mail.posting import Postman
from launchready_testbed.mail.receiving import Receiver, sound_receivers
from launchready_testbed.mail.recipes import EMAIL, MAILS
from launchready_testbed.mail.records import (
    add_sending_domain,
    mailer_zone,
    park,
    portal_signing,
    quoted,
    registry_zone,
    reverse_zone,
)
from launchready_testbed.mail.sending import Sending, Signing
from launchready_testbed.people import PEOPLE, Secrets
from launchready_testbed.portal.access_policy import AccessPolicy
from launchready_testbed.portal.policy import Policy
from launchready_testbed.provider.grants import Provider
from launchready_testbed.quay.policy import QuayPolicy
from launchready_testbed.source_code import SourceCode

NAME = "Harbour Client Portal"
ADDRESS = "127.0.0.1"  # one address for all: macOS has no other loopback address unless told
PORTAL = "portal.lab.test"
IMAP = "imap.lab.test"
QUAY = "quay.lab.test"
OLD_PORTAL = "old-portal.test"
CANONICAL = ("www.lab.test", "lab.test")  # hosts that lead to the portal
CERTIFIED = (
    "portal.lab.test",
    "lab.test",
    "*.lab.test",
    "old-portal.test",
    "*.old-portal.test",
    "partner.test",
    "*.partner.test",
)
"""Names in the sound certificate."""

SOUND_HEADERS = {
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
SOUND_CSP = {
    "default-src": "'none'",
    "script-src": "'self' 'nonce-{nonce}'",
    "style-src": "'self' 'nonce-{nonce}'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
NONCE_CSP = {
    "script-src": "'nonce-{nonce}' 'strict-dynamic'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
}
"""A policy about scripts alone, as widely recommended. It is sound, and does not hide mixed content by refusing the
request before the browser looks at its scheme."""


@dataclass(frozen=True)
class Lab:
    """What stays the same as long as the bed runs."""

    http: int
    https: int
    authority: Authority
    portal: ASGIApp
    certificate: Signer
    """The sound certificate of every host."""
    tls: ssl.SSLContext
    """The sound server context."""
    imap: int
    """Port of the mailbox server, with TLS from the first byte."""
    secrets: Secrets
    """The passwords and other secrets of the bed's people."""
    post: PostOffice
    """Where letters lie."""
    postman: Postman
    """Who carries them there."""
    keys: KeyRing
    """The keys that they are signed with."""
    logs: Path
    """Folder of what the servers write down."""
    source: Path
    """Folder of the repository of the portal's source."""


@dataclass(frozen=True)
class Host:
    """What a name answers on each listener."""

    secure: ASGIApp
    plain: ASGIApp


@dataclass(frozen=True)
class Snippet:
    """Something put into pages of the portal."""

    html: str
    place: Literal["head", "body"]
    shown: Callable[[str], bool]
    """Whether the page at this path has it."""


@dataclass(frozen=True)
class Seen:
    """The facts that an edit of an answer's headers may depend on."""

    scheme: str
    host: str
    method: str
    path: str
    status: int


@dataclass
class Declared:
    """What the portal file of one portal says, in the fields that portal files have."""

    name: str
    url: str
    hosts: list[str] = field(default_factory=list)
    """Hosts beside the portal's."""
    redirects: list[tuple[str, str]] = field(default_factory=list)
    identities: list[dict[str, Any]] = field(default_factory=list)
    """Fields of each [[identity]]; secrets are references such as "file:/…"."""
    mailboxes: list[dict[str, Any]] = field(default_factory=list)
    """Fields of each [[mailbox]]."""
    login_steps: list[dict[str, str]] = field(default_factory=list)
    """The recipe of [login], for a portal whose log-in form nobody could find by itself."""
    scope: list[str] = field(default_factory=list)
    """Further hosts that may be asked, where people may be signed in as."""
    logs: list[str] = field(default_factory=list)
    """Paths of logs."""
    source: str = ""
    """Folder of the repository of its source."""
    access: list[dict[str, Any]] = field(default_factory=list)
    """Fields of each [[access]]."""
    email: dict[str, Any] = field(default_factory=dict)
    """Fields of [email]; empty: no such section."""
    mails: list[dict[str, Any]] = field(default_factory=list)
    """Fields of each [[mail]]."""


Rule = Callable[[Request], ASGIApp | None]
ErrorPage = Callable[[Request, int, Exception], Response | None]
"""Given the request, the status and what was raised: what is answered instead of the clean error page; None to leave it."""
Edit = Callable[[Seen, MutableHeaders], None]


@dataclass
class World:
    """The present state; sound until a fault changes it. Servers read it anew at every request."""

    lab: Lab
    zones: dict[str, Zone]
    hosts: dict[str, Host]
    tls: ssl.SSLContext
    """The context of the https listener; also decides protocol versions for every name."""
    certificates: dict[str, ssl.SSLContext] = field(default_factory=dict)
    """Contexts whose certificate is shown to clients that ask for this name."""
    plain_open: bool = True
    """Whether the plain http port is open at all."""
    headers: dict[str, str] = field(default_factory=lambda: dict(SOUND_HEADERS))
    """Security headers of every https answer, in lower case; an answer's own header wins."""
    csp: dict[str, str] = field(default_factory=lambda: dict(SOUND_CSP))
    """Content Security Policy by directive; `{nonce}` becomes the answer's nonce. Empty: no header."""
    rules: list[Rule] = field(default_factory=list)
    """Asked in order on both listeners before anything else; the first that returns an application answers."""
    errors: list[ErrorPage] = field(default_factory=list)
    """Asked in order for what the portal answers when something went wrong; the first that returns an answer wins."""
    edits: list[Edit] = field(default_factory=list)
    """Change the headers of an answer on their way out, on both listeners."""
    pages: dict[str, ASGIApp] = field(default_factory=dict)
    """Further paths of the portal host on https."""
    snippets: list[Snippet] = field(default_factory=list)
    declared_hosts: list[str] = field(default_factory=lambda: list(CANONICAL))
    """Hosts beside the portal's that its portal file declares."""
    declared_redirects: list[tuple[str, str]] = field(default_factory=list)
    auth: Policy = field(default_factory=Policy)
    """What the portal decides about signing in, sessions, second factors and resets."""
    access: AccessPolicy = field(default_factory=AccessPolicy)
    """What the portal leaves out before it shows or changes a record."""
    seeds: list[Callable[[sqlite3.Connection], object]] = field(default_factory=list)
    """Each changes what is in the portal's database when the world begins."""
    quay: QuayPolicy = field(default_factory=QuayPolicy)
    """What the second portal decides about tokens, sessions and second factors."""
    identities: list[dict[str, Any]] = field(default_factory=list)
    """What the portal file says of each [[identity]]."""
    mailboxes: list[dict[str, Any]] = field(default_factory=list)
    """What it says of each [[mailbox]]."""
    login_steps: list[dict[str, str]] = field(default_factory=list)
    """The recipe of its [login]; empty: no such section."""
    portals: dict[str, Declared] = field(default_factory=dict)
    """Portals beside harbour, by name, with what their portal files say."""
    declared_access: list[dict[str, Any]] = field(default_factory=list)
    """What its portal file says of each [[access]]: who may reach what, as its owner means it."""
    declared_scope: list[str] = field(default_factory=list)
    """Hosts of no portal that its portal file lets be asked, such as the identity provider."""
    provider: Provider | None = None
    """Quay ID, the identity provider that harbour trusts."""
    logs: Logbook = field(init=False)
    """What is written down of all this."""
    source: SourceCode = field(default_factory=SourceCode)
    """The repository of the portal's source."""
    mail: Sending = field(default_factory=Sending)
    """What the portal decides about its letters."""
    receivers: dict[str, Receiver] = field(default_factory=sound_receivers)
    """The providers of people's mailboxes, by the name that portal files have for them."""
    old_mail: list[Callable[[PostOffice], object]] = field(default_factory=list)
    """Each puts letters into mailboxes before the world begins."""
    email: dict[str, Any] = field(default_factory=lambda: dict(EMAIL))
    """What the portal file says in [email]; empty: no such section."""
    mails: list[dict[str, Any]] = field(default_factory=lambda: [dict(each) for each in MAILS])
    """What it says of each [[mail]]."""
    any_host: bool = False
    """Whether the portal answers on https under any name at all, as one without a list of hosts does."""

    def __post_init__(self) -> None:
        self.logs = Logbook(self.lab.logs)

    def origin(self, host: str = PORTAL, scheme: str = "https") -> str:
        """Scheme, host and port, such as "https://portal.lab.test:38443"."""
        return f"{scheme}://{host}:{self.lab.https if scheme == 'https' else self.lab.http}"

    def declared(self, portal: str = "harbour") -> Declared:
        """What the portal file of `portal` says. Raises LookupError when there is none."""
        if portal != "harbour":
            return self.portals[portal]
        return Declared(
            NAME,
            self.origin() + "/",
            self.declared_hosts,
            self.declared_redirects,
            self.identities,
            self.mailboxes,
            self.login_steps,
            self.declared_scope,
            [str(self.lab.logs / "*")],
            str(self.lab.source),
            self.declared_access,
            self.email,
            self._possible_mails(),
        )

    def _possible_mails(self) -> list[dict[str, Any]]:
        """Those whose identity and mailboxes there still are."""
        people = {each["name"] for each in self.identities}
        mailboxes = {each["name"] for each in self.mailboxes}
        return [
            each
            for each in self.mails
            if each.get("identity") in people and mailboxes.issuperset(each.get("to", ()))
        ]

    def fill(self, text: str, nonce: str = "") -> str:
        """`text` with `{http}`, `{https}` (ports) and `{nonce}` filled in; other braces stay."""
        filled = text.replace("{http}", str(self.lab.http)).replace("{https}", str(self.lab.https))
        return filled.replace("{nonce}", nonce)

    def insert(
        self, html: str, *, on: Collection[str] = ("/",), place: Literal["head", "body"] = "body"
    ) -> None:
        """Puts `html` into the portal's pages at the paths `on`."""
        paths = frozenset(on)
        self.snippets.append(Snippet(html, place, paths.__contains__))

    def insert_everywhere(self, html: str, *, place: Literal["head", "body"] = "body") -> None:
        """Puts `html` into every page of the portal, error pages too."""
        self.snippets.append(Snippet(html, place, lambda path: True))

    def page(
        self,
        path: str,
        body: str | bytes,
        content_type: str = "text/html; charset=utf-8",
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Adds a page or asset to the portal host. Text is filled as in `fill` at each request."""
        self.pages[path] = self.document(body, content_type, status, headers)

    def document(
        self,
        body: str | bytes,
        content_type: str = "text/html; charset=utf-8",
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> ASGIApp:
        """An application that always answers the same, except for what `fill` fills in."""
        extra = {**(headers or {}), "content-type": content_type}

        async def serve(scope: Scope, receive: Receive, send: Send) -> None:
            content = self.fill(body, scope["nonce"]) if isinstance(body, str) else body
            await Response(content, status, extra)(scope, receive, send)

        return serve

    def host(
        self, name: str, secure: ASGIApp | None = None, plain: ASGIApp | None = None, *, declare: bool = True
    ) -> None:
        """Adds or changes a host on the listeners and in its zone; plain http redirects unless told otherwise.

        `declare` says whether the portal file names it, and so whether it is in scope.
        """
        known = self.hosts.get(name, Host(nothing_here, to_https))
        self.hosts[name] = Host(secure or known.secure, plain or known.plain)
        for zone in self.zones.values():
            if zone.holds(name) and name not in zone.records:
                zone.add(name, "A", ADDRESS)
        if declare and name not in (PORTAL, *self.declared_hosts):
            self.declared_hosts.append(name)

    def text(self, name: str, *texts: str) -> None:
        """Puts `texts` in the place of the TXT records at `name`; none takes them away."""
        held = [zone for zone in self.zones.values() if zone.holds(name)]
        zone = max(held, key=lambda each: len(each.apex))
        zone.remove(name, "TXT")
        if texts:
            zone.add(name, "TXT", *map(quoted, texts))
        elif not zone.records.get(name):
            zone.remove(name)

    def mailer(self, apex: str, selector: str = "s1") -> Signing:
        """Adds a service that sends for others: its zone, with SPF for where the portal sends from, and how it signs."""
        self.zones[apex], signing = mailer_zone(apex, selector, self.lab.keys)
        return signing

    def rule(self, rule: Rule) -> None:
        """Lets `rule` answer before anything else; the newest is asked first."""
        self.rules.insert(0, rule)

    def plain(self, rule: Rule, hosts: Collection[str] | None = None) -> None:
        """As `rule`, for requests over plain http only, and for `hosts` only if given."""
        self.rule(lambda request: rule(request) if on_plain(request, hosts) else None)

    def secure(self, rule: Rule, hosts: Collection[str] | None = None) -> None:
        """As `rule`, for requests over https only, and for `hosts` only if given."""
        self.rule(lambda request: rule(request) if on_secure(request, hosts) else None)

    def cookie(self, line: str, *, on: Collection[str] = ("/",)) -> None:
        """Lets the portal's https answers at the paths `on` set one more cookie; `line` is the value of Set-Cookie."""
        paths = frozenset(on)

        def add(seen: Seen, headers: MutableHeaders) -> None:
            if seen.scheme == "https" and seen.host == PORTAL and seen.path in paths and seen.status < 400:
                headers.append("set-cookie", line)

        self.edit(add)

    def edit(self, edit: Edit) -> None:
        """Lets `edit` change the headers of every answer."""
        self.edits.append(edit)


def on_plain(request: Request, hosts: Collection[str] | None = None) -> bool:
    """Whether `request` came over plain http, for one of `hosts`."""
    return request.scope["scheme"] == "http" and (hosts is None or request.scope["host"] in hosts)


def on_secure(request: Request, hosts: Collection[str] | None = None) -> bool:
    """Whether `request` came over https, for one of `hosts`."""
    return request.scope["scheme"] == "https" and (hosts is None or request.scope["host"] in hosts)


async def to_https(scope: Scope, receive: Receive, send: Send) -> None:
    """Redirects any method to the same path and query on https on the same host."""
    location = f"https://{scope['host']}:{scope['lab'].https}{target(scope)}"
    await redirect(location, 308)(scope, receive, send)


async def to_portal(scope: Scope, receive: Receive, send: Send) -> None:
    """Redirects to the same path and query on the portal's host."""
    location = f"https://{PORTAL}:{scope['lab'].https}{target(scope)}"
    await redirect(location, 301)(scope, receive, send)


async def nothing_here(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers that there is no such page."""
    await PlainTextResponse("Not found\n", 404)(scope, receive, send)


def redirect(location: str, status: int) -> Response:
    """A redirect to exactly `location`."""
    return Response(status_code=status, headers={"location": location})


def target(scope: Scope) -> str:
    """Path and query exactly as the client sent them."""
    path: bytes = scope["raw_path"]
    query: bytes = scope["query_string"]
    return (path + b"?" + query if query else path).decode("latin-1")


def sound_world(lab: Lab) -> World:
    """A world with nothing wrong in it."""
    zones = (
        sound_zone("lab.test", PORTAL, "www.lab.test", IMAP),
        sound_zone(OLD_PORTAL, f"www.{OLD_PORTAL}"),
        sound_zone("partner.test"),
    )
    canonical = Host(secure=to_portal, plain=to_https)
    world = World(
        lab=lab,
        zones={zone.apex: zone for zone in zones},
        hosts={
            PORTAL: Host(secure=lab.portal, plain=to_https),
            **dict.fromkeys((*CANONICAL, OLD_PORTAL), canonical),
        },
        tls=lab.tls,
    )
    add_sending_domain(world.zones["lab.test"], lab.keys)
    park(zone for zone in zones if zone.apex != "lab.test")
    for zone in (reverse_zone(), registry_zone()):
        world.zones[zone.apex] = zone
    world.mail.signatures.append(portal_signing(lab.keys))
    world.declared_redirects.append((world.origin(OLD_PORTAL) + "/", world.origin() + "/"))
    world.identities += map(lab.secrets.identity, PEOPLE)
    world.mailboxes += (lab.secrets.mailbox(person, IMAP, lab.imap) for person in PEOPLE)
    return world
