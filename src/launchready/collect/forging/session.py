"""What to send in place of one identity's session, made from what carries the real one."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlsplit

from launchready.collect.forging import Attempt, Forgery, cookie, json_web_token
from launchready.collect.forging.json_web_token import JsonWebToken
from launchready.evidence.bypass import Carrier

_MOST_PAYLOADS = 6
_QUERY_NAMES = ("access_token", "token", "jwt", "auth")
_SHORTEST_TOKEN = 8


@dataclass(frozen=True, slots=True)
class Material:
    """What carries a session at one address. Raw: never evidence.

    Attributes:
        identity: whose, as the portal file names it.
        names: how the portal may call it: user name, its part before the @, name.
        url: the protected address.
        cookies: all that are sent there, in order.
        before: those held before the credentials were sent.
        carriers: "cookie NAME" and "header NAME" that the session needs, as far as known.
        headers: (name, value) that sign the requests in.
        refresh_token: empty when there is none.
        others: user names of other identities.
        keys: JSON Web Keys that the portal publishes.
        words: words of this portal that may be its key.
    """

    identity: str
    names: tuple[str, ...]
    url: str
    cookies: tuple[tuple[str, str], ...] = ()
    before: tuple[tuple[str, str], ...] = ()
    carriers: tuple[str, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    refresh_token: str = ""
    others: tuple[str, ...] = ()
    keys: tuple[Mapping[str, Any], ...] = ()
    words: tuple[str, ...] = ()

    @property
    def carrying(self) -> dict[str, str]:
        """The cookies that make the session; where that is not known and no header does, all."""
        named = {each.removeprefix("cookie ") for each in self.carriers if each.startswith("cookie ")}
        held = dict(self.cookies)
        return {n: v for n, v in held.items() if n in named} or ({} if self.headers else held)

    @property
    def tokens(self) -> Iterator[tuple[str, str, str]]:
        """(header, what stands before the token, token) of each header that makes the session."""
        for header, value in self.headers:
            scheme, _, token = value.rpartition(" ")
            needed = f"header {header.lower()}" in self.carriers or header.lower() == "authorization"
            if needed and scheme.lower() != "basic" and len(token) >= _SHORTEST_TOKEN:
                yield header, f"{scheme} " if scheme else "", token

    def cookie_attempt(
        self, kind: str, how: str, changes: Mapping[str, str], *, names: tuple[str, ...] = ()
    ) -> Attempt:
        """The same cookies with some changed."""
        pairs = {**dict(self.cookies), **changes}
        sent = "; ".join(f"{name}={value}" for name, value in pairs.items())
        shown = "; ".join(f"{name}=$COOKIE" for name in changes)
        return Attempt(kind, how, "GET", self.url, (("Cookie", sent),), f"-H 'Cookie: {shown}'", names)


def carriers_of(material: Material) -> Iterator[Carrier]:
    """What the session is carried by, in words."""
    for name, value in material.carrying.items():
        yield _carrier(material, f"cookie {name}", value)
    for header, _, token in material.tokens:
        yield _carrier(material, f"header {header.lower()}", token)


def _carrier(material: Material, name: str, value: str) -> Carrier:
    token = JsonWebToken.parse(value)
    if token is None:
        payload = cookie.payload_of(value, material.names) if name.startswith("cookie ") else None
        form = "random" if payload is None else "readable and signed" if payload.rest else "readable"
        return Carrier(material.identity, name, form)
    left = token.remaining(time.time())
    known = json_web_token.weak_key(token, material.words) is not None
    remaining = None if left is None else float(round(left))
    return Carrier(material.identity, name, "json web token", token.algorithm[:20], remaining, known)


def cookie_attempts(material: Material) -> Iterator[Attempt]:
    """Cookies that are no session."""
    carrying, before = material.carrying, dict(material.before)
    if not carrying:
        return
    guesses = {name: cookie.random_like(value) for name, value in carrying.items()}
    yield material.cookie_attempt("random cookie", "a random cookie", guesses)
    old = {name: before[name] for name in carrying if name in before}
    if old and all(old[name] != carrying[name] for name in old):
        yield material.cookie_attempt(
            "cookie from before signing in", "the cookie held before signing in", old
        )
    for name, value in carrying.items():
        control = material.cookie_attempt("random cookie", "a random cookie", {name: guesses[name]})
        yield from (replace(each, control=control) for each in _one_cookie(material, name, value))


def _one_cookie(material: Material, name: str, value: str) -> Iterator[Attempt]:
    """This cookie changed; all others are the real ones."""
    token = JsonWebToken.parse(value)
    payload = cookie.payload_of(value, material.names)
    if token is not None:
        for forged in _forged(token, material):
            how = f"{forged.how}, in the cookie {name}"
            yield material.cookie_attempt(forged.kind, how, {name: forged.value})
    elif payload is not None:
        yield from _changed_payloads(material, name, payload)
    else:
        yield _changed_letters(material, name, value)


def _changed_letters(material: Material, name: str, value: str) -> Attempt:
    """One character may be beside the point; a value of which none counts is no secret."""

    def at(place: float) -> Attempt:
        changes = {name: cookie.changed_at(value, place)}
        return material.cookie_attempt("changed cookie", "a changed character, wherever it stands", changes)

    return replace(at(0.5), apart=tuple(map(at, (0.0, 0.3, 0.8))), every=True)


def _changed_payloads(material: Material, name: str, payload: cookie.Payload) -> Iterator[Attempt]:
    own = material.names[0] if material.names else ""
    swaps = [pair for other in material.others for pair in _swaps(own, other)]
    for forged in cookie.changed_payloads(payload, swaps)[:_MOST_PAYLOADS]:
        yield material.cookie_attempt(forged.kind, forged.how, {name: forged.value}, names=material.names)
    whole = payload.rebuild(payload.text)
    at = whole.rfind(payload.rest) if payload.rest else -1
    if at >= 0:
        changed = whole[:at] + cookie.random_like(payload.rest)
        yield material.cookie_attempt(
            "cookie with another signature", "the cookie with another signature", {name: changed}
        )


def token_attempts(material: Material) -> Iterator[Attempt]:
    """Tokens that sign nobody in."""
    for header, before, token in material.tokens:
        parsed = JsonWebToken.parse(token)
        forged = [
            Forgery("random token", "a random token", cookie.random_like(token)),
            Forgery("cut token", "a token without its last characters", token[: -max(4, len(token) // 8)]),
            Forgery("empty token", "the word null", "null"),
            *(_forged(parsed, material) if parsed is not None else ()),
        ]
        refresh = material.refresh_token
        if refresh and refresh != token:
            forged.append(Forgery("refresh token", "the refresh token in place of the access token", refresh))
        curl = f"-H '{header}: {before}$TOKEN'"
        for each in forged:
            yield Attempt(each.kind, each.how, "GET", material.url, ((header, before + each.value),), curl)
        wrong = next((each.value for each in forged if each.kind == "unverified token"), forged[0].value)
        mark = "&" if urlsplit(material.url).query else "?"
        query = "&".join(f"{name}={quote(wrong, safe='')}" for name in _QUERY_NAMES)
        url = f"{material.url}{mark}{query}"
        yield Attempt("token in the query", "a wrong token in the query", "GET", url)


def _forged(token: JsonWebToken, material: Material) -> Iterator[Forgery]:
    yield from json_web_token.forgeries(token, material.keys)
    key = json_web_token.weak_key(token, material.words)
    if key is not None:
        yield from _with_known_key(token, key)


def _with_known_key(token: JsonWebToken, key: bytes) -> Iterator[Forgery]:
    """Whoever knows the key can say anything; what a portal checks besides can be told only then.

    An expired token could be waited for, but servers allow for clocks that differ by up to five minutes.
    """
    now, expires = int(time.time()), token.payload.get("exp")
    later = {"exp": int(expires) + 60} if isinstance(expires, int | float) else {"iat": now}
    yield Forgery(
        "token of a well-known key",
        "a token that we signed with a well-known word",
        token.signed_by(key, **later),
    )
    yield Forgery("expired token", "a token that expired yesterday", token.signed_by(key, exp=now - 86_400))
    for claim, kind in (("aud", "token for another service"), ("iss", "token of another issuer")):
        if claim in token.payload:
            how = f'a token that says another "{claim}"'
            yield Forgery(kind, how, token.signed_by(key, **{claim: "launchready-probe"}))


def _swaps(own: str, other: str) -> Iterator[tuple[str, str]]:
    yield own, other
    if "@" in own and "@" in other:
        yield own.partition("@")[0], other.partition("@")[0]
