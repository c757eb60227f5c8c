"""The ways around the guard, tried at one protected address after the other. Each is asked as a stranger would.

An answer counts only by what it shows, and where one shows something the plain address is asked once more as a
stranger: what has become public meanwhile, or is served from a cache, is no merit of the trick.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec

from launchready.collect._gaps import gap
from launchready.collect.forging import Attempt, headers, json_web_token, path, session
from launchready.collect.forging.json_web_token import JsonWebToken
from launchready.collect.people import People, SignedIn
from launchready.collect.people.protected import ProtectedRoute
from launchready.errors import StoreError, WireError
from launchready.evidence import Missing
from launchready.evidence.bypass import Carrier, GuardTrial
from launchready.evidence.redact import subject
from launchready.wire import Touch
from launchready.wire.http import Answer

_AT_ONCE = 8
_KEY_SETS = ("/.well-known/jwks.json", "/jwks.json", "/.well-known/openid-configuration")
_MOST_KEYS = 4


class Trials:
    """What was tried, as far as it goes.

    Attributes:
        made: all trials up to now.
        carriers: what carries the sessions that were looked at.
        keys_tried: well-known words tried as keys, off line.
    """

    def __init__(self, people: People) -> None:
        self._people = people
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._key_sets: dict[str, tuple[Mapping[str, Any], ...]] = {}
        self.made: list[GuardTrial] = []
        self.carriers: list[Carrier] = []
        self.keys_tried = 0

    async def of_the_request(self, signed_in: SignedIn, routes: Iterable[ProtectedRoute]) -> None:
        """Without any session: other ways to write the address, other methods, and claims in headers."""
        identity = signed_in.identity
        attempts: list[tuple[ProtectedRoute, Attempt]] = []
        for route in routes:
            attempts += (
                (route, Attempt(each.kind, each.how, "GET", each.value, curl="--path-as-is"))
                for each in path.paths(route.url)
            )
            attempts += (
                (route, _as_attempt(claim))
                for claim in headers.claims(route.url, (identity.username,))
                if claim.method != "POST" or identity.test
            )
            if identity.username:
                url = headers.named_in_query(route.url, quote(identity.username))
                attempts.append(
                    (route, Attempt("user in the query", "the user named in the query", "GET", url))
                )
        await self._all(identity.name, attempts)

    async def of_the_session(
        self, signed_in: SignedIn, routes: Iterable[ProtectedRoute], others: Iterable[str]
    ) -> None:
        """With a session that is none: random, changed, forged.

        Args:
            signed_in: a real one, in use.
            routes: addresses of its identity.
            others: user names of other identities, to put in the place of its own.
        """
        others = tuple(others)
        for at, route in enumerate(routes):
            material = await self._material(signed_in, route, others)
            if at == 0:
                self.carriers += session.carriers_of(material)
                if any(each.form == "json web token" for each in self.carriers):
                    self.keys_tried = len(json_web_token.well_known_keys())
            attempts = [*session.cookie_attempts(material), *session.token_attempts(material)]
            await self._all(signed_in.identity.name, [(route, each) for each in attempts])

    async def _material(
        self, signed_in: SignedIn, route: ProtectedRoute, others: tuple[str, ...]
    ) -> session.Material:
        identity, site = signed_in.identity, self._people.site
        username = identity.username
        names = dict.fromkeys(filter(None, (username, username.partition("@")[0], identity.name)))
        material = session.Material(
            identity=identity.name,
            names=tuple(names),
            url=route.url,
            cookies=signed_in.visitor.held(route.url),
            before=signed_in.before.held(route.url),
            carriers=signed_in.record.carriers,
            headers=signed_in.visitor.headers,
            refresh_token=signed_in.refresh_token,
            others=others,
            words=(site.portal.name, *site.host.split("."), *site.portal.name.split()),
        )
        tokens = [token for _, _, token in material.tokens] + list(material.carrying.values())
        parsed = [token for each in tokens if (token := JsonWebToken.parse(each))]
        if any(not token.algorithm.startswith("HS") for token in parsed):
            material = replace(material, keys=await self._published(route.url))
        return material

    async def _published(self, url: str) -> tuple[Mapping[str, Any], ...]:
        """The keys that the portal publishes."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._key_sets:
            found: list[Mapping[str, Any]] = []
            for place in _KEY_SETS:
                answer = await self._json(origin + place)
                if isinstance(answer.get("jwks_uri"), str):
                    answer = await self._json(answer["jwks_uri"])
                if isinstance(answer.get("keys"), list):
                    found += [key for key in answer["keys"] if isinstance(key, dict)][:_MOST_KEYS]
                    break
            self._key_sets[origin] = tuple(found)
        return self._key_sets[origin]

    async def _json(self, url: str) -> dict[str, Any]:
        """The JSON object there; an empty one where there is none."""
        answer = await self._ask("GET", url, (), Touch.READ)
        try:
            found = msgspec.json.decode(answer.body) if isinstance(answer, Answer) else {}
        except msgspec.DecodeError:
            found = {}
        return found if isinstance(found, dict) else {}

    async def _all(self, identity: str, attempts: Iterable[tuple[ProtectedRoute, Attempt]]) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(self._try(identity, route, each)) for route, each in attempts]
        except* StoreError as errors:
            raise errors.exceptions[0] from None
        self.made += (task.result() for task in tasks)

    async def _try(self, identity: str, route: ProtectedRoute, attempt: Attempt) -> GuardTrial:
        """One attempt; where it was let through, which part of it was, and what the plain address answers now."""
        trial = await self._once(identity, route, attempt)
        if not _passed(trial):
            return trial
        if attempt.control and _passed(await self._once(identity, route, attempt.control)):
            return msgspec.structs.replace(trial, shows=False, as_other=False)
        parts = [await self._once(identity, route, each) for each in attempt.apart]
        if attempt.every and not all(map(_passed, parts)):
            return msgspec.structs.replace(trial, shows=False, as_other=False)
        if not attempt.every:
            trial = next(filter(_passed, parts), trial)
        plain = await self._ask("GET", route.url, ())
        if isinstance(plain, Missing):
            return trial
        if route.shows(plain):
            trial = msgspec.structs.replace(
                trial, kind="no session", how="nothing at all, when asked again", curl=""
            )
        return msgspec.structs.replace(trial, baseline=plain.exchange)

    async def _once(self, identity: str, route: ProtectedRoute, attempt: Attempt) -> GuardTrial:
        answer = await self._ask(attempt.method, attempt.url, attempt.headers)
        shown = self._people.wire.redact.url(route.url)
        total, seen, shows, other = len(route.markers), 0, False, False
        if isinstance(answer, Answer):
            seen, shows = route.seen(answer), route.shows(answer)
            if attempt.names:
                shows, other = False, route.is_of_another(answer, attempt.names)
        return GuardTrial(
            identity=identity,
            url=shown,
            shape=route.shape,
            kind=attempt.kind,
            how=attempt.how,
            exchange=answer.exchange if isinstance(answer, Answer) else answer,
            markers=total,
            seen=seen,
            shows=shows,
            as_other=other,
            curl=_curl(attempt),
        )

    async def _ask(
        self,
        method: str,
        url: str,
        given: tuple[tuple[str, str], ...],
        touch: Touch = Touch.PROBE,
    ) -> Answer | Missing:
        async with self._room:
            try:
                return await self._people.stranger(touch).fetch(method, url, headers=given)
            except StoreError:
                raise
            except WireError as error:
                return gap(error)


def _passed(trial: GuardTrial) -> bool:
    return trial.shows or trial.as_other


def _as_attempt(claim: headers.Claim) -> Attempt:
    """The claim as a request; user names stay out of the words."""

    def one(each: headers.Claim) -> Attempt:
        shown = [(n, "$USERNAME" if each.kind == "user header" else v) for n, v in each.headers]
        how = ", ".join(f"{name}: {value}" for name, value in shown[:3])
        how += " and others like it" if len(shown) > 3 else ""
        curl = " ".join(f'-H "{name}: {value}"' for name, value in shown)
        how = how or ("_method=GET in the query" if each.method == "POST" else f"the method {each.method}")
        return Attempt(each.kind, how, each.method, each.url, each.headers, curl)

    apart = tuple(map(one, claim.apart())) if len(claim.headers) > 1 else ()
    return replace(one(claim), apart=apart)


def _curl(attempt: Attempt) -> str:
    """How to see it by hand."""
    method = "" if attempt.method == "GET" else f"-X {attempt.method} "
    options = f"{attempt.curl} " if attempt.curl else ""
    url = subject(attempt.url).replace("'", "%27")
    return f"curl -si {method}{options}'{url}'"
