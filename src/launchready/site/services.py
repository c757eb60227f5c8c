"""What stands around the portal, from its source to its monitoring: sections of the portal file."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from launchready.site.secret_reference import SecretReference
from launchready.site.sections import Many, Section
from launchready.site.values import (
    EmailAddress,
    ExistingPath,
    HostName,
    PathPattern,
    Place,
    Port,
    RepositoryUrl,
    Words,
)


class Repo(Section):
    """The source of the portal: a whole clone of its repository on this machine, searched for secrets."""

    path: ExistingPath | None = Field(
        default=None,
        description="The folder of the clone; it is only read, and nothing is fetched.",
        examples=["."],
    )
    url: RepositoryUrl | None = Field(
        default=None,
        description="Where it is cloned from; for the reader, as nothing is cloned yet.",
        examples=["https://git.example.com/team/portal.git"],
    )
    ref: Words | None = Field(
        default=None,
        description="The commit or tag that should be live; not used yet.",
        examples=["v1.4.0"],
    )
    branch: Words | None = Field(
        default=None, description="The branch that is deployed; not used yet.", examples=["main"]
    )


class Logs(Section):
    """Logs of the portal, to be searched for passwords and tokens."""

    paths: Annotated[tuple[PathPattern, ...], Many] = Field(
        default=(), description="Files, or patterns with *.", examples=[["logs/*.log"]]
    )
    format: Literal["auto", "plain", "json", "combined", "journal"] = Field(
        default="auto", description="How a line is written.", examples=["auto"]
    )


class Email(Section):
    """The mail that the portal sends: password resets, invitations, notifications."""

    unread = True
    from_addresses: Annotated[tuple[EmailAddress, ...], Many] = Field(
        default=(),
        alias="from",
        description="The addresses it sends from.",
        examples=[["portal@example.com"]],
    )
    senders: Annotated[tuple[Words, ...], Many] = Field(
        default=(), description="The services that send it.", examples=[["postmark", "google-workspace"]]
    )
    selectors: Annotated[tuple[Words, ...], Many] = Field(
        default=(), description="DKIM selectors in use.", examples=[["pm", "google"]]
    )


_IMAP_HOSTS = {"gmail": "imap.gmail.com", "outlook": "outlook.office365.com", "apple": "imap.mail.me.com"}
"""As the providers' help pages say."""


class Mailbox(Section):
    """A mailbox in which the portal's test mails must arrive; a section for each provider you care about."""

    name: Words = Field(description="What reports call it.", examples=["gmail-test"])
    provider: Literal["gmail", "outlook", "apple", "imap"] = Field(
        default="imap", description="Whose mailbox it is.", examples=["gmail"]
    )
    address: EmailAddress = Field(description="Its address.", examples=["portal.test@example.org"])
    imap_host: HostName | None = Field(
        default=None, description="Where it is read.", examples=["imap.example.org"]
    )
    imap_port: Port = Field(
        default=993, description="The port, with TLS from the first byte.", examples=[993]
    )
    username: str = Field(
        default="", description="The user name; the address if not given.", examples=["portal.test"]
    )
    password: SecretReference | None = Field(
        default=None, description="Where its password is kept.", examples=["keyring:mailbox/gmail-test"]
    )

    @property
    def host(self) -> str:
        """Where it is read: the host given, or the provider's; empty when neither is known."""
        return self.imap_host or _IMAP_HOSTS.get(self.provider, "")

    @property
    def user(self) -> str:
        """Who opens it."""
        return self.username or self.address


class Edge(Section):
    """What stands in front of the portal: CDN and firewall."""

    unread = True
    provider: Literal["cloudflare", "other", "none"] = Field(
        default="none", description="Whose it is.", examples=["cloudflare"]
    )
    zone: str = Field(default="", description="The zone that the portal is in.", examples=["example.com"])
    token: SecretReference | None = Field(
        default=None,
        description="Where a token that may only read settings is kept.",
        examples=["env:CLOUDFLARE_TOKEN"],
    )
    origins: Annotated[tuple[HostName, ...], Many] = Field(
        default=(), description="Hosts or IP addresses of the servers behind it.", examples=[["198.51.100.7"]]
    )


class Deploy(Section):
    """How the portal gets live, and back."""

    unread = True
    provider: str = Field(default="", description="Where it runs.", examples=["render"])
    commit: str = Field(default="", description="The commit or tag that should be live.", examples=["v1.4.0"])
    previous: str = Field(default="", description="The release to go back to.", examples=["v1.3.2"])
    runbook: str = Field(
        default="",
        description="Where the way back is written down: a file or an address.",
        examples=["docs/rollback.md"],
    )


class Monitoring(Section):
    """Who notices when the portal is down, and whom that reaches."""

    unread = True
    health: Annotated[tuple[Place, ...], Many] = Field(
        default=(), description="Pages that say whether the portal is well.", examples=[["/healthz"]]
    )
    provider: str = Field(default="", description="The service that watches.", examples=["uptime-robot"])
    alert_routes: Annotated[tuple[Words, ...], Many] = Field(
        default=(),
        description="Where alerts go: mail addresses, chat channels.",
        examples=[["alerts@example.com"]],
    )
    owner: str = Field(
        default="", description="Who acts on an alert: a person's name.", examples=["Ada Example"]
    )


class Secrets(Section):
    """What may be done with secrets that are found."""

    unread = True
    verify: bool = Field(
        default=False,
        description="Ask each provider whether a key that was found still works.",
        examples=[False],
    )


class Rotated(Section):
    """A secret that was replaced at its provider, so that the old one is dead; a section for each.

    It closes the findings of that secret in the repository's history, until it is committed again. Taking a secret out
    of the files closes nothing.
    """

    secret: Words = Field(
        description="The secret, as the report and `launchready secrets rotate-list` name it.",
        examples=["Stripe secret key in config/prod.env"],
    )
    on: date = Field(description="The day on which it was replaced.", examples=[date(2026, 11, 2)])
    by: Words = Field(description="Who did it: a person's name.", examples=["Ada Example"])
