"""The portal as its owner describes it, from the portal file or from an address alone.

`Site` is the whole portal file; its sections stand in `sections`, `identities` and `services`. Where a
section stands for several (`[[identity]]`), the file's name is the alias.
"""

import os
import re
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from launchready.errors import UsageError
from launchready.evidence.said import Declared
from launchready.evidence.said import Waiver as SaidWaiver
from launchready.site.access import Access, whole
from launchready.site.authz import Authz
from launchready.site.identities import Flow, Identity, Login
from launchready.site.portal_file import read_portal_file
from launchready.site.sections import (
    CrawlLimits,
    Many,
    MisfitError,
    Portal,
    Resolver,
    Scope,
    Section,
    Tls,
    Waiver,
)
from launchready.site.services import (
    Deploy,
    Edge,
    Email,
    Logs,
    Mail,
    Mailbox,
    Monitoring,
    Repo,
    Rotated,
    Secrets,
)
from launchready.site.values import host_name, own_addresses, same_host, web_url, with_scheme


class Site(Section):
    """Everything the owner says about one portal. Every section but [portal] may be left out."""

    portal: Portal
    scope: Scope = Scope()
    crawl: CrawlLimits = CrawlLimits()
    identities: Annotated[tuple[Identity, ...], Many] = Field(default=(), alias="identity")
    login: Login = Login()
    flows: Annotated[tuple[Flow, ...], Many] = Field(default=(), alias="flow")
    authz: Authz = Authz()
    access: Annotated[tuple[Access, ...], Many] = ()
    repo: Repo = Repo()
    logs: Logs = Logs()
    email: Email = Email()
    mailboxes: Annotated[tuple[Mailbox, ...], Many] = Field(default=(), alias="mailbox")
    mails: Annotated[tuple[Mail, ...], Many] = Field(default=(), alias="mail")
    edge: Edge = Edge()
    deploy: Deploy = Deploy()
    monitoring: Monitoring = Monitoring()
    resolver: Resolver = Resolver()
    tls: Tls = Tls()
    secrets: Secrets = Secrets()
    rotated: Annotated[tuple[Rotated, ...], Many] = ()
    waivers: Annotated[tuple[Waiver, ...], Many] = Field(default=(), alias="waiver")

    @model_validator(mode="after")
    def _names_fit(self) -> Self:
        for section, named in (
            ("identity", self.identities),
            ("flow", self.flows),
            ("mailbox", self.mailboxes),
        ):
            names = [entry.name for entry in named]
            for at, name in enumerate(names):
                if name in names[:at]:
                    raise MisfitError(
                        "must differ from every other name; this one is taken", section, at, "name"
                    )
        routes = [whole(entry.route, self.portal.url) for entry in self.access]
        for at, name in enumerate(routes):
            if name in routes[:at]:
                raise MisfitError("has an entry already, further up", "access", at, "route")
        return self

    @model_validator(mode="after")
    def _named_ones_are_there(self) -> Self:
        known = [identity.name for identity in self.identities]
        doing = [("flow", at, flow.identity) for at, flow in enumerate(self.flows)]
        doing += [("mail", at, mail.identity) for at, mail in enumerate(self.mails)]
        for section, at, name in doing:
            if name is not None and name not in known:
                near = get_close_matches(name, known, 1)
                hint = f"; did you mean `{near[0]}`?" if near else ""
                text = f"must be the name of one [[identity]] of this file{hint}"
                raise MisfitError(text, section, at, "identity")
        mailboxes = [mailbox.name for mailbox in self.mailboxes]
        for at, identity in enumerate(self.identities):
            if identity.mailbox is not None and identity.mailbox not in mailboxes:
                raise MisfitError(
                    "must be the name of one [[mailbox]] of this file", "identity", at, "mailbox"
                )
        for at, mail in enumerate(self.mails):
            if not set(mail.to) <= set(mailboxes):
                raise MisfitError("must be names of [[mailbox]] sections of this file", "mail", at, "to")
        return self

    @classmethod
    def from_url(cls, url: str) -> Self:
        """A portal of which only the address is known; https:// is added where no scheme is given.

        Raises:
            UsageError: it is no address of a portal.
        """
        try:
            address = web_url(with_scheme(url))
            addresses = own_addresses(urlsplit(address).hostname or "")
            return cls(portal=Portal(url=address), scope=Scope(addresses=addresses))
        except ValueError as error:
            raise UsageError(f"the address {error}") from None

    @property
    def host(self) -> str:
        """The main host name."""
        return urlsplit(self.portal.url).hostname or ""

    @property
    def https_port(self) -> int:
        """Where https:// is served: the port of the address if it is an https:// one, else 443."""
        parts = urlsplit(self.portal.url)
        return parts.port or 443 if parts.scheme == "https" else 443

    @property
    def hosts(self) -> tuple[str, ...]:
        """Every host name of the portal, the main one first."""
        return tuple(dict.fromkeys((self.host, *self.portal.hosts)))

    @property
    def scope_hosts(self) -> tuple[str, ...]:
        """Every host that may be asked: the portal's, further ones, and those of declared redirects."""
        ends = (end for redirect in self.portal.redirects for end in (redirect.source, redirect.target))
        return tuple(
            dict.fromkeys((*self.hosts, *self.scope.hosts, *(urlsplit(end).hostname or "" for end in ends)))
        )

    def in_scope(self, host: str) -> bool:
        """Whether this host may be asked."""
        return same_host(host) in self.scope_hosts

    def declared(self) -> Declared:
        """What the report says of the portal in its owner's words."""
        waivers = tuple(
            SaidWaiver(w.check, w.subject, w.owner, w.reason, w.until.isoformat()) for w in self.waivers
        )
        return Declared(self.portal.name, self.portal.url, self.portal.owner, self.hosts, waivers)


def read_site(argument: str, *, today: date | None = None) -> Site:
    """Take the portal file at a path, or the portal at an address; the scope must not have expired `today`.

    Raises:
        PortalFileError: the file cannot be read, or what it says is wrong.
        UsageError: the argument is neither a file nor an address.
    """
    if "://" in argument or argument.startswith("mailto:"):
        return Site.from_url(argument)
    path = Path(argument)
    if argument and os.path.exists(argument) and not (path.is_dir() and _is_address(argument)):  # noqa: PTH110 -- answers no, not an error, to any odd text
        return read_portal_file(path, Site, today or datetime.now(UTC).date())
    if _is_path(argument):
        raise UsageError(f"there is no file {argument}; `launchready init` writes a portal file")
    if not _is_address(argument):
        raise UsageError(
            "this is neither a portal file nor an address; give one like launchready.toml or https://portal.example.com"
        )
    return Site.from_url(argument)


def _is_path(argument: str) -> bool:
    """Whether a person who types this means a file."""
    return (
        argument.lower().endswith(".toml") or argument.startswith((".", "/", "~", "\\")) or "\\" in argument
    )


def _is_address(argument: str) -> bool:
    """Whether this reads like an address without its scheme: localhost, a name with a dot, or with a port."""
    host = re.sub(r":\d*$", "", argument.partition("/")[0])
    try:
        return (
            "." in host_name(host)
            or ":" in host_name(host)
            or host.lower() == "localhost"
            or host != argument
        )
    except ValueError:
        return False
