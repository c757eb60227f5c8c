"""What stands around the portal, from its source to its monitoring: sections of the portal file."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from launchready.site.identities import Step
from launchready.site.secret_reference import SecretReference
from launchready.site.sections import Many, MisfitError, Section
from launchready.site.values import (
    EmailAddress,
    ExistingPath,
    HostName,
    PathPattern,
    Place,
    Port,
    RepositoryUrl,
    RequestLine,
    Words,
)


class Repo(Section):
    """The source of the portal, searched for secrets: a whole clone on this machine, or where to clone it from."""

    path: ExistingPath | None = Field(
        default=None,
        description="The folder of the clone; it is only read, and nothing is fetched.",
        examples=["."],
    )
    url: RepositoryUrl | None = Field(
        default=None,
        description=(
            "Where it is cloned from, by https or SSH, when no path is given: whole, for the run only. Git signs in as "
            "you do, by its credential helper or your SSH keys."
        ),
        examples=["https://git.example.com/team/portal.git"],
    )
    user: Words = Field(
        default="x-access-token",
        description="The user name that goes with `token`; most providers take any.",
        examples=["x-access-token"],
    )
    token: SecretReference | None = Field(
        default=None,
        description="Where a token is kept that may read the repository, for https and where git cannot sign in itself.",
        examples=["env:REPOSITORY_TOKEN"],
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
        default=(),
        description="DKIM selectors in use; where a key stands at another domain, its whole name.",
        examples=[["pm", "google"]],
    )
    reports: Annotated[tuple[PathPattern, ...], Many] = Field(
        default=(),
        description="Files of DMARC aggregate reports (XML, also packed), or patterns with *.",
        examples=[["dmarc-reports/*"]],
    )
    kinds: Annotated[tuple[Words, ...], Many] = Field(
        default=("password-reset", "invite", "approval", "notification"),
        description="The kinds of mail that it sends; each must arrive in each [[mailbox]].",
        examples=[["password-reset", "invite", "approval", "notification"]],
    )
    wait: float = Field(
        default=300.0,
        gt=0,
        le=3600,
        description="Seconds after which a mail that was asked for has not arrived.",
        examples=[300.0],
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
    oauth_token: SecretReference | None = Field(
        default=None,
        description="Where an OAuth access token for IMAP is kept; used instead of the password.",
        examples=["env:OUTLOOK_TEST_TOKEN"],
    )
    plus: bool = Field(
        default_factory=lambda data: data.get("provider", "imap") != "imap",
        description="Whether name+tag@ reaches name@; the known providers do so, others if you say so.",
        examples=[True],
    )

    @property
    def host(self) -> str:
        """Where it is read: the host given, or the provider's; empty when neither is known."""
        return self.imap_host or _IMAP_HOSTS.get(self.provider, "")

    @property
    def user(self) -> str:
        """Who opens it."""
        return self.username or self.address


class Mail(Section):
    """A kind of mail, and how the portal is made to send it; without steps and request it is by hand. A section for each.

    In what is filled in or sent, {address} stands for the address of a mailbox (with a tag of its own, where the mailbox
    has plus-addressing) and {tag} for the tag, so that the mail can be told by it. A recipe without {address} is done
    once for all mailboxes.
    """

    kind: Words = Field(description="Which mail: one of [email] kinds, or another.", examples=["invite"])
    identity: Words | None = Field(
        default=None,
        description="The name of the [[identity]], with test = true, that causes it; a stranger if not given.",
        examples=["member-of-harbour"],
    )
    to: Annotated[tuple[Words, ...], Many] = Field(
        default=(),
        description="The names of the mailboxes that get it; all if not given.",
        examples=[["gmail-test"]],
    )
    subject: str = Field(
        default="",
        description="Words of its subject, where the mail does not repeat the tag.",
        examples=["invited"],
    )
    steps: Annotated[tuple[Step, ...], Many] = Field(
        default=(),
        description="What is done in a browser, after the request if there is one.",
        examples=[
            [
                {"open": "/invite"},
                {"fill": "Name", "value": "Test {tag}"},
                {"fill": "Email", "value": "{address}"},
                {"click": "Send invitation"},
                {"expect": "sent"},
            ]
        ],
    )
    request: RequestLine | None = Field(
        default=None,
        description="What is sent to the API: method and place.",
        examples=["POST /api/v1/invitations"],
    )
    body: str = Field(
        default="",
        description="The body of the request: JSON, or a form's fields.",
        examples=['{"email": "{address}", "name": "Test {tag}"}'],
    )

    @model_validator(mode="after")
    def _body_is_sent(self) -> Self:
        if self.body and not self.request:
            raise MisfitError('needs a `request` beside it, such as "POST /api/v1/invitations"', "body")
        return self


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

    verify: bool = Field(
        default=False,
        description=(
            "Show each key that was found to its own provider, to ask whether it still works; in runs with --active."
        ),
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
