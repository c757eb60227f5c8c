"""What is a visitor's own is no secret of the portal; what cannot be told is left open."""

import itertools
import json
from typing import Any

from launchready.checks.secrets.bundle import judge
from launchready.evidence.secrets import KeyStates, Place
from launchready.verdict import Cause, Fail, Pass, Unknown
from launchready_testbed import secret_shapes

from .conftest import GONE, JSON, SCRIPT, File, Members, Portal, Request, Search, Searched

TOKEN = {"sub": "17", "iat": 1_760_000_000, "exp": 1_760_003_600}

RANDOM = "Zk3vQ81xLm0pRt5wYb7c"


def state(value: str, name: str = "token") -> str:
    return f"<script>window.__STATE__={json.dumps({name: value})}</script>"


async def looked(search: Search, desk: Any, *people: str, account: Any = None, **files: Any) -> Searched:
    """A portal whose desk and account say something to each who is signed in."""
    members = Members()
    account = account or (lambda _who, _key: "<h1>Account</h1>")
    pages = {
        "/": File(
            '<!doctype html><title>Crates</title><a href="/login">Log in</a><a href="/about">About</a>'
        ),
        "/login": members.login,
        "/desk": members.page(desk),
        "/account": members.page(account),
    }
    return await search(Portal({**pages, **files}), *people)


def places(searched: Searched) -> list[Place]:
    return [place for secret in searched.served.search.secrets for place in secret.places]


async def test_a_secret_that_everybody_is_given_who_signs_in_is_the_portals(search: Search) -> None:
    key = secret_shapes.slack()
    seen = await looked(search, lambda _who, _key: state(key), "nora", "sol")
    assert isinstance(judge(seen.served, KeyStates()), Fail)
    assert {(place.who, place.surface) for place in places(seen)} == {
        ("nora", "inline state"),
        ("sol", "inline state"),
    }


async def test_the_session_itself_in_a_page_is_its_visitors(search: Search) -> None:
    seen = await looked(search, lambda _who, key: state(key, "session_token"), "nora", "sol")
    assert isinstance(judge(seen.served, KeyStates()), Pass)


async def test_a_token_of_the_session_that_no_cookie_holds_is_its_visitors(search: Search) -> None:
    def desk(who: str, key: str) -> str:
        return state(secret_shapes.jwt({**TOKEN, "sub": who}, key))

    seen = await looked(search, desk, "nora")
    assert isinstance(judge(seen.served, KeyStates()), Pass)
    assert dict(seen.served.own) == {"token of a visitor's own session": 1}


async def test_a_token_that_is_another_one_in_each_answer_is_no_secret(search: Search) -> None:
    numbers = itertools.count()

    def start(_request: Request) -> File:
        token = secret_shapes.jwt(TOKEN, f"answer {next(numbers)}")
        return File(f"<!doctype html><title>Start</title>{state(token)}")

    seen = await search(Portal({"/": start}))
    assert isinstance(judge(seen.served, KeyStates()), Pass)
    assert dict(seen.served.own) == {"token of a visitor's own session": 1}


async def test_a_token_that_strangers_are_always_given_was_built_in(search: Search) -> None:
    start = File(f"<!doctype html><title>Start</title>{state(secret_shapes.jwt(TOKEN))}")
    assert isinstance(judge((await search(Portal({"/": start}))).served, KeyStates()), Fail)


async def test_a_key_that_each_client_has_another_one_of_is_theirs(search: Search) -> None:
    def account(who: str, _key: str) -> str:
        return f"<h1>Your connection</h1><pre>{secret_shapes.stripe(who)}</pre>"

    seen = await looked(search, lambda _who, _key: "<h1>Desk</h1>", "nora", "sol", account=account)
    assert isinstance(judge(seen.served, KeyStates()), Pass)
    assert dict(seen.served.own) == {"key of a visitor's own account": 2}


async def test_a_key_that_one_client_alone_is_given_may_be_theirs(search: Search) -> None:
    def account(who: str, _key: str) -> str:
        return state(secret_shapes.stripe()) if who == "nora" else "<h1>Not connected</h1>"

    seen = await looked(search, lambda _who, _key: "<h1>Desk</h1>", "nora", "sol", account=account)
    verdict = judge(seen.served, KeyStates())
    assert isinstance(verdict, Unknown)
    (doubt,) = verdict.doubts
    assert doubt.cause == Cause.AMBIGUOUS
    assert doubt.subject.endswith("/account")
    assert "nora alone" in doubt.detail


async def test_what_one_client_wrote_is_theirs_though_it_has_a_keys_shape(search: Search) -> None:
    """A key that somebody pasted into their own request for help is shown to them alone."""
    members = Members()
    ticket = members.page(lambda _who, _key: f"<pre>{secret_shapes.stripe()}</pre>")

    def own(request: Request) -> File:
        return ticket(request) if members.who(request) == "nora" else GONE

    def desk(who: str, _key: str) -> str:
        return '<a href="/requests/17">My request</a>' if who == "nora" else "<h1>Desk</h1>"

    pages = {"/login": members.login, "/desk": members.page(desk), "/requests/17": own}
    start = File('<!doctype html><title>Crates</title><a href="/login">Log in</a>')
    seen = await search(
        Portal({"/": start, "/account": members.page(lambda *_: "<h1>Account</h1>"), **pages}), "nora", "sol"
    )
    verdict = judge(seen.served, KeyStates())
    assert isinstance(verdict, Unknown)
    assert [doubt.subject.endswith("/requests/17") for doubt in verdict.doubts] == [True]


async def test_a_script_for_those_who_are_signed_in_is_the_portals_whoever_loads_it(search: Search) -> None:
    members = Members()
    script = File(f'const key="{secret_shapes.stripe()}"', SCRIPT)

    def inside(request: Request) -> File:
        return script if members.who(request) else GONE

    pages = {
        "/": File('<!doctype html><title>Crates</title><a href="/login">Log in</a>'),
        "/login": members.login,
        "/desk": members.page(lambda _who, _key: '<h1>Desk</h1><script src="/inside.js"></script>'),
        "/account": members.page(lambda _who, _key: "<h1>Account</h1>"),
        "/inside.js": inside,
    }
    assert isinstance(judge((await search(Portal(pages), "nora", "sol")).served, KeyStates()), Fail)


async def test_a_key_in_a_library_may_be_its_makers(search: Search) -> None:
    start = File('<!doctype html><title>Start</title><script src="/static/vendor/chart/chart.js"></script>')
    script = File(f'const maps="{secret_shapes.stripe()}"', SCRIPT)
    verdict = judge(
        (await search(Portal({"/": start, "/static/vendor/chart/chart.js": script}))).served, KeyStates()
    )
    assert isinstance(verdict, Unknown)
    assert {doubt.cause for doubt in verdict.doubts} == {Cause.AMBIGUOUS}


async def links(search: Search, *addresses: str) -> Searched:
    """An answer in JSON, given to everybody, with these addresses in it."""
    start = File('<!doctype html><title>Start</title><script>fetch("/v1/links")</script>')
    return await search(Portal({"/": start, "/v1/links": File(json.dumps({"links": addresses}), JSON)}))


async def test_a_token_in_an_address_of_the_portal_itself_is_no_key(search: Search) -> None:
    seen = await links(search, f"/files/report?id=4&access_token={RANDOM}", f"/f?api_token={RANDOM[::-1]}")
    assert isinstance(judge(seen.served, KeyStates()), Pass)
    assert dict(seen.served.own) == {"token in an address of the portal itself": 2}


async def test_a_token_in_an_address_of_another_service_is_one(search: Search) -> None:
    seen = await links(search, f"https://api.weather.com/v2/now?city=4&access_token={RANDOM}")
    assert isinstance(judge(seen.served, KeyStates()), Fail)


async def test_what_only_strangers_could_be_asked_about_twice_is_open_when_they_are_refused(
    search: Search,
) -> None:
    answers = itertools.count()

    def settings(_request: Request) -> File:
        if next(answers):
            return File("", status=503)
        return File(json.dumps({"key": secret_shapes.github()}), JSON)

    start = File('<!doctype html><title>Start</title><script>fetch("/v1/settings")</script>')
    verdict = judge((await search(Portal({"/": start, "/v1/settings": settings}))).served, KeyStates())
    assert isinstance(verdict, Unknown)
