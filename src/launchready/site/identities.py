"""Who the audit may be, how they sign in, and what staff do all day: sections of the portal file."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from launchready.site.secret_reference import SecretReference
from launchready.site.sections import Many, MisfitError, Section
from launchready.site.values import Place, Words


class Step(Section):
    """One thing that a person would do: one of open, fill, click, press, expect; `value` goes with fill."""

    open: Place | None = Field(default=None, description="Go to this page.", examples=["/login"])
    fill: Words | None = Field(default=None, description="Fill in the field with this label or selector.")
    value: str | None = Field(
        default=None, description="What to fill in: text, or {username}, {password}, {totp} of the identity."
    )
    click: Words | None = Field(default=None, description="Click what has this name or selector.")
    press: Words | None = Field(default=None, description="Press this key.")
    expect: Words | None = Field(default=None, description="Wait until this text or selector is there.")

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        verbs = ("open", "fill", "click", "press", "expect")
        if sum(getattr(self, verb) is not None for verb in verbs) != 1:
            raise MisfitError("must do exactly one thing: open, fill, click, press or expect")
        if (self.fill is None) != (self.value is None):
            raise MisfitError(
                'must have `fill` and `value` together, such as { fill = "Email", value = "{username}" }'
            )
        secret = ("pass", "secret", "token", "otp", "pin")
        name = (self.fill or "").lower()
        if any(word in name for word in secret) and self.value not in ("{password}", "{totp}"):
            raise MisfitError("must be {password} or {totp}, so that no secret stands in this file", "value")
        return self


class Login(Section):
    """How to sign in, step by step, where the login form is not understood by itself."""

    recipe: Annotated[tuple[Step, ...], Many] = Field(
        default=(),
        description="The steps from the login page to a signed-in page.",
        examples=[
            [
                {"open": "/login"},
                {"fill": "Email", "value": "{username}"},
                {"fill": "Password", "value": "{password}"},
                {"click": "Sign in"},
                {"expect": "Welcome"},
            ]
        ],
    )
    logout: Place | None = Field(
        default=None,
        description="Where one signs out, where the control is not found by itself.",
        examples=["/logout"],
    )
    refresh: Place | None = Field(
        default=None,
        description="Where a refresh token is exchanged, where that is not found by itself.",
        examples=["/api/auth/refresh"],
    )
    forgot: Place | None = Field(
        default=None,
        description="Where a forgotten password is asked for, where that is not found by itself.",
        examples=["/forgot"],
    )


class Identity(Section):
    """Somebody the audit may sign in as: test accounts of two tenants, in each role; a section for each."""

    name: Words = Field(description="What reports call this identity.", examples=["member-of-harbour"])
    role: str = Field(default="", description="Its role in the portal.", examples=["member"])
    tenant: str = Field(
        default="", description="The client or team whose records it may see.", examples=["harbour"]
    )
    admin: bool = Field(default=False, description="Whether it has admin rights.", examples=[False])
    mfa: bool = Field(
        default=False, description="Whether it signs in with a second factor.", examples=[False]
    )
    test: bool = Field(
        default=False,
        description="Whether account and tenant exist only for tests, so that writing is fine.",
        examples=[True],
    )
    username: str = Field(
        default="", description="What it types as user name or email.", examples=["member@example.com"]
    )
    password: SecretReference | None = Field(
        default=None, description="Where its password is kept.", examples=["env:PORTAL_MEMBER_PASSWORD"]
    )
    totp: SecretReference | None = Field(
        default=None,
        description="Where the secret of its one-time codes is kept.",
        examples=["env:PORTAL_MEMBER_TOTP"],
    )
    token: SecretReference | None = Field(
        default=None,
        description="Where its bearer token for the API is kept.",
        examples=["keyring:portal/member"],
    )
    cookie: SecretReference | None = Field(
        default=None,
        description="Where a session cookie, as name=value, is kept.",
        examples=["env:PORTAL_MEMBER_COOKIE"],
    )
    header: SecretReference | None = Field(
        default=None,
        description="Where a header that signs its requests in, as Name: value, is kept.",
        examples=["env:PORTAL_MEMBER_HEADER"],
    )
    storage_state: SecretReference | None = Field(
        default=None,
        description="Where a browser's saved storage state is kept.",
        examples=["file:member-state.json"],
    )
    login: Place | None = Field(
        default=None, description="Its login page, where it is not the usual one.", examples=["/admin/login"]
    )
    mailbox: Words | None = Field(
        default=None,
        description="The name of the [[mailbox]] that gets its sign-in links or codes.",
        examples=["gmail-test"],
    )
    proof: Words | None = Field(
        default=None,
        description="What only it sees once signed in, where that is not found by itself: a page or a text.",
        examples=["/account"],
    )

    @model_validator(mode="after")
    def _can_sign_in(self) -> Self:
        if self.password and not self.username:
            raise MisfitError("needs a `username` beside it to sign in with", "password")
        return self


class Flow(Section):
    """Something staff do all day, and how fast it must be under which load; a section for each."""

    name: Words = Field(description="What reports call it.", examples=["open-a-client"])
    identity: Words | None = Field(
        default=None, description="The name of the [[identity]] that does it.", examples=["member-of-harbour"]
    )
    steps: Annotated[tuple[Step, ...], Many] = Field(
        description="What is done.", examples=[[{"open": "/clients"}, {"click": "Harbour"}]], min_length=1
    )
    p95_ms: int = Field(
        default=500,
        ge=1,
        le=600_000,
        description="95 of 100 must be done in this many milliseconds.",
        examples=[500],
    )
    arrivals_per_second: float = Field(
        default=1.0,
        gt=0,
        le=10_000,
        description="How many people begin it per second at a busy time.",
        examples=[2.0],
    )
