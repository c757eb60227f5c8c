"""Sessions that the portal file hands over: a token, a cookie, a header, or what a browser saved."""

import json
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from launchready.collect.people.attempts import token_in
from launchready.errors import UsageError
from launchready.evidence.set_cookie import SameSite
from launchready.site import Site
from launchready.wire.cookies import Cookie
from launchready.wire.visitor import Visitor

_JWT = re.compile(r"eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")
_HEADER = re.compile(r"([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*(.+)")


def hold_token(visitor: Visitor, token: str) -> None:
    """Send a bearer token; a value that names its scheme itself is sent as it is."""
    value = token.strip()
    visitor.headers = (*visitor.headers, ("Authorization", value if " " in value else f"Bearer {value}"))


def hold_header(visitor: Visitor, line: str) -> None:
    """Send a header, given as `Name: value`. Raises UsageError when it is none."""
    found = _HEADER.fullmatch(line.strip())
    if not found:
        raise UsageError("the secret for `header` must be one line such as X-Api-Key: value")
    visitor.headers = (*visitor.headers, (found[1], found[2]))


def hold_cookies(visitor: Visitor, line: str, site: Site) -> None:
    """Hold cookies of the portal's host, given as `name=value; other=value`. Raises UsageError when there are none."""
    host = site.host
    found = []
    for pair in line.strip().removeprefix("Cookie:").split(";"):
        name, equals, value = pair.strip().partition("=")
        if equals and name:
            found.append(
                Cookie(name.strip(), value.strip(), host, secure=site.portal.url.startswith("https:"))
            )
    if not found:
        raise UsageError(
            "the secret for `cookie` must be name=value, or several of them with semicolons between"
        )
    visitor.keep_cookies(found)


def hold_storage_state(visitor: Visitor, text: str, site: Site) -> None:
    """Hold what Playwright saved: cookies of hosts in scope, and a token in the local storage of the portal.

    Raises:
        UsageError: it is no storage state.
    """
    try:
        state = json.loads(text)
        cookies, origins = state.get("cookies") or [], state.get("origins") or []
        visitor.keep_cookies(cookie for each in cookies if (cookie := _cookie(each, site)) is not None)
        for each in origins:
            if site.in_scope(urlsplit(each["origin"]).hostname or ""):
                stored = {str(item["name"]): str(item["value"]) for item in each.get("localStorage") or []}
                visitor.local_storage[str(each["origin"])] = stored
    except (ValueError, TypeError, KeyError, AttributeError):
        raise UsageError(
            "the secret for `storage_state` must be a storage state as Playwright saves it"
        ) from None
    token = next(filter(None, map(token_of, visitor.local_storage.values())), "")
    if token and not visitor.headers:
        hold_token(visitor, token)


def token_of(stored: dict[str, str]) -> str:
    """The access token in a local storage; empty where there is none that looks like one."""
    named = {key.lower(): value for key, value in stored.items()}
    for value in stored.values():
        try:
            found = token_in(json.loads(value)).access
        except (ValueError, RecursionError):
            found = ""
        if found:
            return found
    for key, value in named.items():
        bare = value.strip('"').removeprefix("Bearer ")
        if "refresh" in key or "id_token" in key:
            continue
        if _JWT.fullmatch(bare) or (
            "token" in key and "csrf" not in key and len(bare) >= 16 and " " not in bare
        ):
            return bare
    return ""


def _cookie(each: dict[str, Any], site: Site) -> Cookie | None:
    domain = str(each["domain"])
    host = domain.removeprefix(".").lower()
    if not (site.in_scope(host) or any(known.endswith("." + host) for known in site.scope_hosts)):
        return None
    end = each.get("expires", -1)
    kinds: dict[str, SameSite] = {"Strict": "Strict", "Lax": "Lax", "None": "None"}
    return Cookie(
        name=str(each["name"]),
        value=str(each["value"]),
        host=host,
        host_only=not domain.startswith("."),
        path=str(each.get("path") or "/"),
        secure=bool(each.get("secure")),
        http_only=bool(each.get("httpOnly")),
        same_site=kinds.get(str(each.get("sameSite")), "Default"),
        expires=datetime.fromtimestamp(end, UTC) if isinstance(end, int | float) and end > 0 else None,
    )
