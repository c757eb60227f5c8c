"""The door to those who gave out a key that was found: does it still work?

A key is shown to nobody but its own kind's provider, by https, in a request that reads whose it is and changes nothing; no
redirect is followed. It is kept in memory until the run is over, and never written anywhere: what is told is the answer.
"""

import re
import tomllib
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from launchready.errors import Refused, WireError
from launchready.evidence.redact import Redactor
from launchready.evidence.secrets import KeyState
from launchready.site import Site
from launchready.wire.dns import DnsWire
from launchready.wire.gate import Gate, Touch
from launchready.wire.http import Answer, HttpWire
from launchready.wire.narrow_gate import NarrowGate

MOST_KEYS = 100
"""Keys that are asked about in one run."""

_MOST_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Words:
    """What an answer must say, with which status, to mean something.

    Attributes:
        status: any of these.
        says: found in the body.
    """

    status: frozenset[int]
    says: "re.Pattern[str]"

    def are_in(self, answer: Answer) -> bool:
        """Whether this answer says so."""
        said = answer.body.decode("utf-8", "replace")
        return answer.exchange.status in self.status and bool(self.says.search(said))


@dataclass(frozen=True, slots=True)
class Provider:
    """One who gives out keys, and how to ask for the state of one.

    Attributes:
        name: as people know it.
        kind: a word of the kinds of its keys, in lower case.
        like: the make of its keys, the whole of one.
        asks: addresses; a key is dead when none of them takes it.
        sent: headers, with {key} or {basic} in the place of the key.
        user: the name that goes with the key in {basic}.
        live, dead: what means that; without `dead`, a refusal has other reasons too.
    """

    name: str
    kind: str
    like: "re.Pattern[str]"
    asks: tuple[str, ...]
    sent: Mapping[str, str]
    user: str
    live: Words
    dead: Words | None

    def knows(self, kind: str, key: str) -> bool:
        """Whether this is a key of theirs."""
        return self.kind in kind.lower() and bool(self.like.fullmatch(key))

    def headers(self, key: str) -> tuple[tuple[str, str], ...]:
        """What carries the key."""
        basic = b64encode(f"{self.user}:{key}".encode()).decode("ascii")
        return tuple((name, value.format(key=key, basic=basic)) for name, value in self.sent.items())


@cache
def known_providers() -> tuple[Provider, ...]:
    """Those of data/key_providers.toml; nobody else is ever shown a key."""
    data = tomllib.loads(files("launchready.data").joinpath("key_providers.toml").read_text("utf-8"))
    return tuple(
        Provider(
            name=entry["name"],
            kind=entry["kind"],
            like=re.compile(entry["like"]),
            asks=tuple(entry["asks"]),
            sent=entry["sent"],
            user=entry.get("user", ""),
            live=_words(entry["live"]),
            dead=_words(entry["dead"]) if "dead" in entry else None,
        )
        for entry in data["provider"]
    )


def _words(entry: Mapping[str, object]) -> Words:
    status, says = entry["status"], entry["says"]
    assert isinstance(status, list)
    assert isinstance(says, str)
    return Words(frozenset(status), re.compile(says))


@dataclass(frozen=True, slots=True)
class _Key:
    """A key that was found; it is in no repr."""

    value: str = field(repr=False)
    provider: Provider = field(repr=False)


class KeyProviders:
    """Remembers the keys that can be asked about, and asks."""

    def __init__(
        self, gate: Gate, site: Site, redact: Redactor, providers: Iterable[Provider] | None = None
    ) -> None:
        """Prepare; nothing is remembered without the owner's word in [secrets].

        Args:
            gate: of the run.
            site: whose word counts.
            redact: fingerprints of the run.
            providers: those to ask; by default all that are known.
        """
        self._site, self._redact, self._gate = site, redact, gate
        self._providers = tuple(known_providers() if providers is None else providers)
        self._keys: dict[str, _Key] = {}

    def remember(self, kind: str, key: str) -> None:
        """Keep a key that was found in memory, where its provider may and can be asked about it."""
        if not self._site.secrets.verify or len(self._keys) >= MOST_KEYS:
            return
        provider = next((each for each in self._providers if each.knows(kind, key)), None)
        if provider:
            self._keys.setdefault(self._redact.fingerprint(key), _Key(key, provider))

    async def states(self, on: str) -> tuple[KeyState, ...]:
        """What the providers say of every key that was remembered, one after the other.

        Args:
            on: today's ISO date.

        Raises:
            Refused: the owner allows it, but this run does not go as far.
        """
        if not self._keys:
            return ()
        if self._gate.consent < Touch.PROBE:
            raise Refused(
                "verify = true in [secrets] lets keys be shown to their providers in an active run only",
                "set active = true and authorised_by in [scope], and run the audit with --active",
            )
        if self._site.host in self._gate.unproved:
            raise Refused(
                f"nobody has proved to control {self._site.host}, so nothing found there is used",
                self._gate.unproved[self._site.host],
            )
        hosts = {urlsplit(url).hostname or "" for each in self._providers for url in each.asks}
        gate = NarrowGate(self._gate, hosts, "whether a key of theirs that was found still works")
        http = HttpWire(gate, DnsWire(gate, self._site), self._site, self._redact)
        asking = _Asking(http, on)
        try:
            return tuple([await asking.state(name, key) for name, key in self._keys.items()])
        finally:
            await http.close()


class _Asking:
    """One round of questions; who gave no answer once is not asked about the next key."""

    def __init__(self, http: HttpWire, on: str) -> None:
        self._http, self._on = http, on
        self._silent: dict[str, str] = {}

    async def state(self, fingerprint: str, key: _Key) -> KeyState:
        """What its provider says of one key."""
        provider, refused = key.provider, 0
        why = f"{provider.name} does not say whether it works"
        for url in provider.asks:
            answer = None if url in self._silent else await self._answer(url, key)
            if answer is None:
                why = self._silent[url]
            elif provider.live.are_in(answer):
                return KeyState(fingerprint, provider.name, "live", self._on)
            else:
                refused += provider.dead is not None and provider.dead.are_in(answer)
        if refused == len(provider.asks):
            return KeyState(fingerprint, provider.name, "dead", self._on)
        return KeyState(fingerprint, provider.name, "unsure", self._on, why)

    async def _answer(self, url: str, key: _Key) -> Answer | None:
        try:
            return await self._http.fetch(
                "GET",
                url,
                headers=key.provider.headers(key.value),
                touch=Touch.PROBE,
                max_bytes=_MOST_BYTES,
                who="a key that was found",
            )
        except WireError as error:
            self._silent[url] = str(error)
            return None
