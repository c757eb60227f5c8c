"""The portal, its scope and how it is looked at: sections of the portal file as typed, frozen values.

Names in the file are the names here; where a word is taken in Python (`from`), the file's name is the alias.
The descriptions are what the reference page, the JSON Schema and the comments of a new portal file say, so
they speak to the owner of the portal.
"""

from datetime import date
from typing import Annotated, ClassVar, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from launchready.site.values import (
    Cidr,
    ExistingPath,
    HostName,
    Nameserver,
    Port,
    WebUrl,
    Words,
)

Many = Field(strict=False)
"""A TOML array read as a tuple: the array itself may be a list, what stands in it stays strict."""


class MisfitError(ValueError):
    """A value does not fit others: the text ends a sentence, `where` is the way from the model to it."""

    def __init__(self, text: str, *where: str | int) -> None:
        super().__init__(text)
        self.where = where


class Section(BaseModel):
    """Base of all sections: nothing unknown, nothing converted in silence, nothing changed afterwards."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        frozen=True,
        allow_inf_nan=False,
        hide_input_in_errors=True,
        validate_by_alias=True,
        validate_by_name=True,
        serialize_by_alias=True,
    )
    unread: ClassVar[bool] = False
    """Whether this version checks the section's values but uses them for nothing yet."""


class Redirect(Section):
    """One redirect that must work."""

    source: WebUrl = Field(alias="from", description="The old address.", examples=["https://example.com/"])
    target: WebUrl = Field(
        alias="to", description="Where it must lead.", examples=["https://portal.example.com/"]
    )

    @model_validator(mode="after")
    def _leads_on(self) -> Self:
        if self.source == self.target:
            raise MisfitError("must not be the same address as `from`", "to")
        return self


class Portal(Section):
    """The portal itself: where it is and whose it is. Only `url` must be given."""

    url: WebUrl = Field(
        description="The address where people start.", examples=["https://portal.example.com/"]
    )
    name: Words = Field(
        default_factory=lambda data: urlsplit(data.get("url", "")).hostname or "",
        description="What people call it; the host name if not given.",
        examples=["Harbour client portal"],
    )
    owner: str = Field(
        default="", description="Who answers for it: a person's name.", examples=["Ada Example"]
    )
    hosts: Annotated[tuple[HostName, ...], Many] = Field(
        default=(),
        description="Its further host names, such as www or an API.",
        examples=[["www.example.com"]],
    )
    plain_http_port: Port = Field(
        default_factory=lambda data: _plain_port(data.get("url", "")),
        description="The port of plain http://, where the way to https:// must begin; 80 if not given.",
        examples=[80],
    )
    redirects: Annotated[tuple[Redirect, ...], Many] = Field(
        default=(),
        description="Old or alternative addresses, and where each must lead.",
        examples=[[{"from": "https://example.com/", "to": "https://portal.example.com/"}]],
    )

    @field_validator("redirects")
    @classmethod
    def _one_target_each(cls, redirects: tuple[Redirect, ...]) -> tuple[Redirect, ...]:
        seen: set[str] = set()
        for place, redirect in enumerate(redirects):
            if redirect.source in seen:
                raise MisfitError("must not be declared twice", place, "from")
            seen.add(redirect.source)
        return redirects


def _plain_port(url: str) -> int:
    """The port that a http:// address names itself, else 80."""
    parts = urlsplit(url)
    return parts.port or 80 if parts.scheme == "http" else 80


class Scope(Section):
    """What may be asked, and what was authorised. The portal's own hosts are always in scope."""

    hosts: Annotated[tuple[HostName, ...], Many] = Field(
        default=(),
        description="Further host names that are yours to have looked at.",
        examples=[["files.example.com"]],
    )
    addresses: Annotated[tuple[Cidr, ...], Many] = Field(
        default=(),
        description="Private addresses that the portal may have, as ranges; public ones need no mention.",
        examples=[["10.0.0.0/24"]],
    )
    subresources: Annotated[tuple[HostName, ...], Many] = Field(
        default=(),
        description="Third parties that the browser may load scripts, styles, fonts and images from.",
        examples=[["cdn.example.net"]],
    )
    active: bool = Field(
        default=False,
        description="Allow intrusive checks: changed ids, repeated logins, load. Needs `authorised_by`.",
        examples=[True],
    )
    authorised_by: str = Field(
        default="", description="Who allowed it: a person's name.", examples=["Ada Example"]
    )
    expires: date | None = Field(
        default=None,
        description="The last day on which this permission holds.",
        examples=[date(2030, 12, 31)],
    )

    @field_validator("expires")
    @classmethod
    def _still_holds(cls, expires: date | None, info: ValidationInfo) -> date | None:
        today = (info.context or {}).get("today")
        if expires and today and expires < today:
            raise ValueError(f"ended on {expires}: ask for a new permission, then write its last day here")
        return expires

    @model_validator(mode="after")
    def _has_authority(self) -> Self:
        if self.active and not self.authorised_by.strip():
            raise MisfitError("is true, so `authorised_by` must name the person who allowed it", "active")
        return self


class CrawlLimits(Section):
    """How far and how fast the portal is looked through."""

    limit: int = Field(
        default=300,
        ge=1,
        le=100_000,
        description="At most this many pages, as a stranger and as each identity.",
        examples=[300],
    )
    depth: int = Field(
        default=8, ge=0, le=100, description="At most this many links away from the start.", examples=[8]
    )
    per_shape: int = Field(
        default=3,
        ge=1,
        le=1000,
        description="At most this many pages of one kind, such as /clients/17.",
        examples=[3],
    )
    requests_per_second: float = Field(
        default=50,
        gt=0,
        le=1000,
        description="At most this many requests per second to one host.",
        examples=[50],
    )
    concurrency: int = Field(
        default=8, ge=1, le=64, description="At most this many requests at once.", examples=[8]
    )
    timeout: float = Field(
        default=20.0, gt=0, le=600, description="Seconds to wait for one answer.", examples=[20.0]
    )
    max_bytes: int = Field(
        default=5_000_000,
        ge=1000,
        le=1_000_000_000,
        description="At most this many bytes of one answer are read.",
        examples=[5_000_000],
    )
    browser_pages: int = Field(
        default=30,
        ge=0,
        le=10_000,
        description="At most this many pages are opened in a browser, and as many again signed in.",
        examples=[30],
    )


class Resolver(Section):
    """Who is asked about names, instead of this machine's own name servers."""

    nameservers: Annotated[tuple[Nameserver, ...], Many] = Field(
        default=(), description="IP addresses, with a port where it is not 53.", examples=[["192.0.2.53"]]
    )


class Tls(Section):
    """Certificate authorities to trust besides the public ones."""

    extra_ca: Annotated[tuple[ExistingPath, ...], Many] = Field(
        default=(),
        description="Files in PEM form, for a portal with a private authority.",
        examples=[["our-ca.pem"]],
    )


class Waiver(Section):
    """A risk accepted until a day: shown beside its finding, never instead of it; a section for each."""

    check: str = Field(
        pattern=r"^[a-z]+/[a-z0-9-]+$", description="The id of the check.", examples=["https/hsts"]
    )
    subject: Words = Field(
        description="What the finding is about, as the report names it, or * for all.",
        examples=["https://portal.example.com/"],
    )
    owner: Words = Field(description="Who accepts it: a person's name.", examples=["Ada Example"])
    reason: Words = Field(
        description="Why it is accepted.", examples=["the old reader app needs it until June"]
    )
    until: date = Field(description="The last day on which it counts.", examples=[date(2030, 12, 31)])
