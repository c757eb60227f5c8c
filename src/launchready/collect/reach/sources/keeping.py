"""What is kept of a request that somebody else made: not what signs in, and not what a client sends by itself. Pure."""

import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from launchready.collect.wording import Says, address_says, label_says

SECRET = re.compile(
    r"auth(?!or|ent)|cookie|csrf|xsrf|token|session|secret|passw|pwd|credential|signature|api[-_]?key|nonce|captcha|otp$"
    r"|^sid$",
    re.IGNORECASE,
)
"""Names of headers, fields and parameters whose values sign somebody in, or are made for one request."""
_PASSWORD = re.compile(r"passw|pwd|otp$|one[-_]?time|totp|recovery", re.IGNORECASE)
_OF_CLIENT = re.compile(
    r"accept-.*|sec-.*|if-.*|:.*|user-agent|referer|origin|host|connection|content-length|transfer-encoding|pragma"
    r"|cache-control|dnt|upgrade-insecure-requests|te|priority|traceparent|tracestate|keep-alive|x-forwarded-.*"
    r"|x-request-id|x-correlation-id|postman-token|newrelic|sentry-trace|baggage|range|via|forwarded"
)
_SIGNING = re.compile(
    r"/(?:auth|oauth2?|log-?in|log-?out|sign-?in|sign-?out|sso|saml|token|refresh(?:-token)?)(?:/|$)",
    re.IGNORECASE,
)
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[_.\-]")
_SAFE = ("GET", "HEAD")


def kept_headers(headers: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Content type, accept where it says something, and the portal's own; sorted."""
    kept = {}
    for name, value in headers:
        lower = name.strip().lower()
        secret = SECRET.search(lower) or value.lower().startswith(("bearer ", "basic "))
        if not lower or secret or _OF_CLIENT.fullmatch(lower) or (lower == "accept" and value == "*/*"):
            continue
        kept[lower] = value
    return tuple(sorted(kept.items()))


def kept_url(url: str) -> str:
    """The address without fragment and without parameters that sign in."""
    parts = urlsplit(url)
    if not any(SECRET.search(name) for name, _ in parse_qsl(parts.query, keep_blank_values=True)):
        return parts._replace(fragment="").geturl()
    pairs = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not SECRET.search(pair[0])]
    return parts._replace(query=urlencode(pairs, safe="{}"), fragment="").geturl()


def kept_body(body: bytes, media: str) -> bytes:
    """The body without fields whose values sign in."""
    if media.endswith("json"):
        try:
            return json.dumps(_kept(json.loads(body))).encode()
        except (ValueError, RecursionError):
            return body
    if media == "application/x-www-form-urlencoded":
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
        return urlencode([pair for pair in pairs if not SECRET.search(pair[0])]).encode()
    return body


def field_names(body: bytes, media: str) -> tuple[str, ...]:
    """Names of the fields of a body, innermost ones, each once; of GraphQL those of its variables."""
    if media.endswith("json"):
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            return ()
        if isinstance(data, dict) and isinstance(data.get("query"), str):
            data = data.get("variables")
        return tuple(dict.fromkeys(_leaves(data)))
    if media == "application/x-www-form-urlencoded":
        return tuple(
            dict.fromkeys(
                name for name, _ in parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
            )
        )
    if media == "multipart/form-data":
        named = re.findall(rb'content-disposition: form-data; name="([^"]+)"', body, re.IGNORECASE)
        return tuple(dict.fromkeys(each.decode("utf-8", "replace") for each in named))
    return ()


def signs_somebody(method: str, url: str, names: Iterable[str]) -> bool:
    """Whether a request signs in or out, renews a session or sets a password: it is none to be made again."""
    if any(map(_PASSWORD.search, names)) or address_says(url) is Says.SIGNS_OUT:
        return True
    return method not in _SAFE and bool(_SIGNING.search(urlsplit(url).path))


def may_be_read(method: str, url: str, says: str = "") -> bool:
    """Whether asking so changes nothing, by its address and by the words of its operation: an id, a summary, or both."""
    name, _, rest = says.partition(" ")
    labels = (_HUMPS.sub(" ", name), rest, says)
    nowhere = (
        urlsplit(url)._replace(path="/", query="").geturl()
    )  # the words alone, whatever the address is about
    return method in _SAFE and not address_says(url) and not any(label_says(each, nowhere) for each in labels)


def _kept(data: Any) -> Any:
    if isinstance(data, dict):
        return {k: _kept(v) for k, v in data.items() if not (isinstance(v, str) and SECRET.search(str(k)))}
    return [_kept(each) for each in data] if isinstance(data, list) else data


def _leaves(data: Any, name: str = "", depth: int = 0) -> Iterable[str]:
    if depth > 100:
        return
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, str(key), depth + 1)
    elif isinstance(data, list) and data:
        for each in data[:20]:
            yield from _leaves(each, name, depth + 1)
    elif name:
        yield name
