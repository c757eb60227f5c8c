"""Who may reach what: entries of the portal file that `launchready authz learn` writes and the owner confirms."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit, urlunsplit

from pydantic import AfterValidator, Field, model_validator

from launchready.evidence.access_policy import DeclaredAccess, Rule
from launchready.site.sections import Many, MisfitError, Section
from launchready.site.values import Words

_ROUTE = re.compile(r"(?P<method>[A-Z]+|\*) (?P<place>(?:https?://[^/\s]+)?/\S*)")


def route(value: str) -> str:
    """`GET /invoices/{}`: a method or *, a blank, and a path or a whole address; or * alone.

    Raises:
        ValueError: it is not.
    """
    if value == "*" or _ROUTE.fullmatch(value):
        return value
    raise ValueError(
        'must be a method and a path with {} for ids, such as "GET /invoices/{}", or "*" for all that is not named'
    )


RouteName = Annotated[str, AfterValidator(route)]


class Access(Section):
    """Who may reach one route and whose records it holds; `launchready authz learn` writes these entries.

    Only entries with `confirmed = true` count: what they allow is no finding, and what goes beyond them is one.
    """

    route: RouteName = Field(
        description="Method and path, or a whole address of another host, with {} for ids and * for any text; "
        "* alone stands for all that no other entry names.",
        examples=["GET /invoices/{}"],
    )
    roles: Annotated[tuple[Words, ...], Many] = Field(
        description="Who may reach it: roles or names of identities, anonymous, or * for whoever is signed in.",
        examples=[["member", "admin"]],
    )
    records: Literal["tenant", "user", "shared", "public"] = Field(
        default="tenant",
        description="Whose records it holds: each tenant or user only its own, the same for all who may reach it, "
        "or for everybody, signed in or not.",
        examples=["tenant"],
    )
    confirmed: bool = Field(
        default=False,
        description="Whether this is meant so; `launchready authz learn` never changes an entry with true.",
        examples=[True],
    )
    by: str = Field(default="", description="Who confirmed it: a person's name.", examples=["Ada Example"])
    when: date | None = Field(
        default=None, description="The day on which it was confirmed.", examples=[date(2030, 1, 31)]
    )

    @model_validator(mode="after")
    def _catch_all_is_closed(self) -> Self:
        if self.route == "*" and self.roles:
            raise MisfitError(
                "must be [] where the route is *: name the routes that somebody may reach", "roles"
            )
        return self

    def whole(self, start: str) -> str:
        """The route as a whole address; a path alone is one of the host that `start` names."""
        return whole(self.route, start)


def declared(entries: Iterable[Access], start: str) -> DeclaredAccess:
    """The entries as judges see them, with whole addresses."""
    rules = (
        Rule(e.whole(start), e.roles, e.records, e.confirmed, e.by, e.when.isoformat() if e.when else "")
        for e in entries
    )
    return DeclaredAccess(tuple(rules))


def whole(route: str, start: str) -> str:
    """A route with its whole address; a path alone is one of the host that the address `start` names."""
    method, _, place = route.partition(" ")
    return f"{method} {_origin(start)}{place}" if place.startswith("/") else route


def short(route: str, start: str) -> str:
    """The same the other way: without scheme and host where they are those of `start`."""
    method, _, place = route.partition(" ")
    path = place.removeprefix(_origin(start))
    return f"{method} {path}" if path.startswith("/") else route


def _origin(start: str) -> str:
    parts = urlsplit(start)
    return urlunsplit((parts.scheme, parts.netloc, "", "", ""))
