"""Who is asking quay, and for what? Every request to the interface passes here before its handler."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from starlette.requests import Request

from launchready_testbed.quay.people import HOUSE, Person
from launchready_testbed.quay.policy import QuayPolicy
from launchready_testbed.quay.sessions import Doorkeeper, Session

PREFIX = "/api/v2"
_REWRITES = ("x-original-url", "x-rewrite-url")
_OVERRIDES = ("x-http-method-override", "x-http-method", "x-method-override")


@dataclass(frozen=True)
class Caller:
    """Who asks; `session` is None for the house itself."""

    person: Person
    session: Session | None


@dataclass(frozen=True)
class Asked:
    """The path that the handlers see, and whether the door looked at another one."""

    path: str
    unwatched: bool


def asked(request: Request, policy: QuayPolicy) -> Asked:
    """What is asked for: exactly what the address says, unless a fault makes it more obliging."""
    raw: str = request.scope["raw_path"].decode("latin-1")
    if policy.original_url_trusted:
        for name in _REWRITES:
            if name in request.headers:
                return Asked(urlsplit(request.headers[name]).path, unwatched=True)
    plain = _straightened(raw, policy.loose_paths)
    return Asked(plain, unwatched=plain != raw)


def caller(request: Request, found: Asked, keeper: Doorkeeper, policy: QuayPolicy) -> Caller | None:
    """Who asks; None is a stranger."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        known = keeper.reader(token.strip(), policy)
        if known:
            return Caller(known[1], known[0])
        holder = keeper.holder(token.strip()) if policy.second_step_skippable else None
        if holder:
            return Caller(holder, None)
    return Caller(HOUSE, None) if found.unwatched or _let_in(request, policy) else None


def _let_in(request: Request, policy: QuayPolicy) -> bool:
    """Whether a header alone opens the door."""
    if policy.method_override:
        said = (request.headers.get(name, "").upper() for name in _OVERRIDES)
        if any(method in ("OPTIONS", "HEAD") for method in said):
            return True
    if not policy.forwarded_for_trusted:
        return False
    first = request.headers.get("x-forwarded-for", "").split(",")[0].strip()
    return first in ("127.0.0.1", "::1", "localhost") or first.startswith(("10.", "192.168."))


def _straightened(raw: str, loose: frozenset[str]) -> str:
    """`raw` with the ways of writing that a fault allows taken out."""
    path = raw
    if "encoded" in loose:
        path = unquote(path)
    if "semicolon" in loose:
        path = re.sub(r";[^/]*", "", path)
    if "double-slash" in loose:
        path = re.sub(r"/{2,}", "/", path)
    if "case" in loose:
        path = path.lower()
    if "slash" in loose and path != "/":
        path = path.rstrip("/")
    return path
