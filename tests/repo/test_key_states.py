"""A key that was found is shown to its own provider only, only where its owner allows it, and never written down."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.conftest import Asked, Loopback

from launchready.checks.secrets.history import judge
from launchready.collect.history import history_secrets
from launchready.collect.key_states import key_states
from launchready.collect.tree import tree_secrets
from launchready.errors import Refused
from launchready.evidence import Missing
from launchready.evidence.secrets import (
    HistorySecrets,
    KeyState,
    Place,
    Rotation,
    Rotations,
    Search,
    Secret,
)
from launchready.secret_table import secret_table
from launchready.site import Site
from launchready.verdict import Cause, Fail, Pass
from launchready.wire import Touch, Wire
from launchready.wire.key_providers import KeyProviders, Provider, known_providers
from launchready_testbed.secret_shapes import sendgrid, stripe

from .conftest import Clone, needs_git

RESEND = "re_" + "Qm4kT9xZ" + "_" + "c7Vb2Lq8Rn5Wd3Hs6Jp1Ft0Y"
LIVE = (200, b'{"id": "acct_1", "object": "account"}')
DEAD = (401, b'{"error": {"message": "Invalid API Key provided: sk_live_****"}}')
UNSURE = (503, b"maintenance")


@dataclass
class Providers:
    """All providers at once, on loopback: each host answers as told, and what it was asked is kept."""

    loopback: Loopback
    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    location: str = ""
    hang_up: bool = False
    seen: list[Asked] = field(default_factory=list)

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            asked = await Asked.read(reader)
            self.seen.append(asked)
            if self.hang_up:
                return
            status, body = self.answers.get(asked.headers["host"].partition(":")[0], (404, b"nothing here"))
            extra = [f"Location: {self.location}".encode()] if self.location else []
            writer.write(self.loopback.http(body, f"{status} Told", *extra))
            await writer.drain()

    @asynccontextmanager
    async def wire(
        self, *, consent: Touch = Touch.PROBE, verify: bool = True, **sections: Any
    ) -> AsyncIterator[tuple[Wire, Site]]:
        """A run whose provider's names all lead here."""
        hosts = sorted({urlsplit(url).hostname or "" for each in known_providers() for url in each.asks})
        zone = dict.fromkeys(hosts, ("127.0.0.1",))
        tls = self.loopback.tls(*hosts)
        async with self.loopback.serve(self.handle, tls) as port, self.loopback.names(zone) as names:
            site = self.loopback.site(
                secrets={"verify": verify},
                resolver={"nameservers": [names.address]},
                tls={"extra_ca": [self.loopback.ca_file]},
                crawl={"timeout": 5.0},
                **sections,
            )
            async with self.loopback.wire(site, consent) as wire:
                here = tuple(_at(port, each) for each in known_providers())
                wire.key_providers = KeyProviders(wire.gate, site, wire.redact, here)
                yield wire, site


def _at(port: int, provider: Provider) -> Provider:
    """The same provider, behind another port."""
    asks = (urlsplit(url) for url in provider.asks)
    return replace(
        provider, asks=tuple(each._replace(netloc=f"{each.hostname}:{port}").geturl() for each in asks)
    )


@pytest.fixture
def providers(loopback: Loopback) -> Providers:
    return Providers(loopback)


async def _states(wire: Wire, *found: tuple[str, str]) -> Iterator[KeyState]:
    for kind, key in found:
        wire.key_providers.remember(kind, key)
    return iter((await key_states(wire)).entries)


@pytest.mark.parametrize(
    ("answer", "state"),
    [(LIVE, "live"), (DEAD, "dead"), (UNSURE, "unsure"), ((401, b"<h1>Proxy login</h1>"), "unsure")],
    ids=["live", "dead", "down", "another's refusal"],
)
async def test_only_the_provider_s_own_words_tell(
    providers: Providers, answer: tuple[int, bytes], state: str
) -> None:
    providers.answers = {"api.stripe.com": answer}
    key = stripe("asked")
    async with providers.wire() as (wire, _):
        told = list(await _states(wire, ("Stripe secret key", key)))
        assert [(each.state, each.provider) for each in told] == [(state, "Stripe")]
        assert told[0].fingerprint == wire.redact.fingerprint(key)
        assert bool(told[0].why) == (state == "unsure")
    assert {asked.bearer for asked in providers.seen} == {key}


async def test_a_key_is_dead_only_where_every_region_refuses_it(providers: Providers) -> None:
    refused = (
        401,
        b'{"errors":[{"message":"The provided authorization grant is invalid, expired, or revoked"}]}',
    )
    providers.answers = {
        "api.sendgrid.com": refused,
        "api.eu.sendgrid.com": (200, b'{"scopes":["mail.send"]}'),
    }
    async with providers.wire() as (wire, _):
        assert [each.state for each in await _states(wire, ("SendGrid API key", sendgrid("eu")))] == ["live"]
        providers.answers["api.eu.sendgrid.com"] = UNSURE
        assert [each.state for each in (await key_states(wire)).entries] == ["unsure"]
        providers.answers["api.eu.sendgrid.com"] = refused
        assert [each.state for each in (await key_states(wire)).entries] == ["dead"]


async def test_a_refusal_for_another_reason_is_no_death(providers: Providers) -> None:
    providers.answers = {
        "api.resend.com": (401, b'{"name":"restricted_api_key","message":"only send emails"}')
    }
    async with providers.wire() as (wire, _):
        assert [each.state for each in await _states(wire, ("Resend API key", RESEND))] == ["live"]


async def test_no_redirect_is_followed(providers: Providers) -> None:
    providers.answers = {"api.stripe.com": (302, b"")}
    providers.location = "https://api.resend.com/domains"
    async with providers.wire() as (wire, _):
        assert [each.state for each in await _states(wire, ("Stripe secret key", stripe("moved")))] == [
            "unsure"
        ]
    assert [asked.headers["host"].partition(":")[0] for asked in providers.seen] == ["api.stripe.com"]


async def test_the_key_goes_to_its_own_provider_and_into_no_journal(
    providers: Providers, loopback: Loopback
) -> None:
    providers.answers = {"api.stripe.com": LIVE}
    key = stripe("written")
    async with providers.wire() as (wire, _):
        await _states(wire, ("Stripe secret key", key), ("password", "Stripe-2026!"), ("Slack token", key))
        assert key not in repr(vars(wire.key_providers))
    assert [asked.path for asked in providers.seen] == ["/v1/account"]
    assert key not in loopback.journal.getvalue()
    assert [line["who"] for line in loopback.lines] == ["a key that was found"]


@pytest.mark.parametrize("consent", [Touch.READ, Touch.SIGN_IN])
async def test_nobody_is_asked_without_an_active_run(providers: Providers, consent: Touch) -> None:
    async with providers.wire(consent=consent) as (wire, _):
        with pytest.raises(Refused, match="active run"):
            await _states(wire, ("Stripe secret key", stripe("kept")))
    assert providers.seen == []


async def test_nobody_is_asked_without_the_owner_s_word(providers: Providers) -> None:
    async with providers.wire(verify=False) as (wire, _):
        assert list(await _states(wire, ("Stripe secret key", stripe("kept")))) == []
    assert providers.seen == []


async def test_a_provider_that_gives_no_answer_is_asked_once(providers: Providers) -> None:
    async with providers.wire() as (wire, _):
        async with asyncio.timeout(60):
            providers.hang_up = True
            told = await _states(wire, *(("Stripe secret key", stripe(f"{number}")) for number in range(5)))
    assert [each.state for each in told] == ["unsure"] * 5
    assert len(providers.seen) <= 2, "a dropped connection is tried twice"


async def test_nothing_found_on_a_portal_of_somebody_else_s_is_used(providers: Providers) -> None:
    async with providers.wire() as (wire, site):
        wire.gate.unproved = {site.host: "prove it"}
        with pytest.raises(Refused, match="proved to control"):
            await _states(wire, ("Stripe secret key", stripe("kept")))
    assert providers.seen == []


async def test_providers_are_open_for_nothing_else(providers: Providers) -> None:
    async with providers.wire() as (wire, _):
        with pytest.raises(Refused, match="outside the scope"):
            await wire.http.fetch("GET", "https://api.stripe.com/v1/account")
    assert providers.seen == []


@needs_git
async def test_what_a_history_holds_is_asked_about_and_closed_when_dead(
    providers: Providers, clone: Clone
) -> None:
    clone.commit({"pay.py": f"key = '{stripe('leaked')}'\n", ".gitignore": ".env\n"})
    clone.folder.joinpath(".env").write_text(
        f"SENDGRID={sendgrid('own')}\n"
    )  # a developer's own: not asked about
    word = Rotations((Rotation("Stripe secret key in pay.py", "2026-12-31", "Ada Example"),))
    async with providers.wire(repo={"path": clone.folder}) as (wire, _):
        history = await history_secrets(wire)
        await tree_secrets(wire)
        providers.answers = {"api.stripe.com": DEAD}
        dead = await key_states(wire)
        providers.answers = {"api.stripe.com": LIVE}
        live = await key_states(wire)
    assert {asked.headers["host"].partition(":")[0] for asked in providers.seen} == {"api.stripe.com"}
    closed, open_ = judge(history, Rotations(), dead), judge(history, word, live)
    assert isinstance(closed, Pass)
    assert isinstance(open_, Fail)
    assert "shown dead: Stripe refused it" in str(closed)
    assert open_.findings[0].detail.startswith("live: Stripe took it on ")
    tables = [
        secret_table({type(history): history, Rotations: word, type(dead): said}) for said in (dead, live)
    ]
    assert [row.state for made in tables if made for row in made.secrets] == ["dead", "live"]


def test_every_provider_is_asked_by_https_and_knows_its_keys_whole() -> None:
    for each in known_providers():
        assert all(url.startswith("https://") and "{" not in url for url in each.asks), each.name
        assert any("{key}" in value or "{basic}" in value for value in each.sent.values()), each.name
        assert not each.knows(each.kind, "short"), each.name
        assert not any(mark in each.like.pattern for mark in (".*", r"\s")), each.name


def test_that_nobody_may_be_asked_is_said_where_it_matters() -> None:
    refused = Missing(Cause.NO_CONSENT, "in an active run only", "run the audit with --active")
    key = Secret("~1", "Stripe secret key", "rule", 32, (Place("history", "pay.py", 1, at="2026-01-02"),))
    found = judge(HistorySecrets(Search("k", (("blobs", 3),), (key,))), Rotations(), refused)
    assert isinstance(found, Fail)
    assert [doubt.detail for doubt in found.doubts] == ["in an active run only"]
    assert isinstance(judge(HistorySecrets(Search("k", (("blobs", 3),))), Rotations(), refused), Pass)
