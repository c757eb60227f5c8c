"""Public pages: each is asked by one of those who are signed in, and by all where there is more to see than strangers get."""

import asyncio
from collections import Counter
from typing import Any

from launchready.collect.http import crawl
from launchready.collect.people import People
from launchready.collect.public import equal, left_to_others, public
from launchready.evidence.http import Crawl
from launchready.site import Site
from launchready.wire import Touch, Wire

NAMES = ("nora", "sam", "sol")
HELP = tuple(f"/help-{name}" for name in ("attic", "barn", "cellar", "dock", "garden", "hall"))
SHELL = tuple(f"/view-{name}" for name in ("bills", "files", "jobs", "mail", "notes", "plans"))
WALLED = tuple(f"/room-{name}" for name in ("ale", "beer", "cider", "mead", "port", "rum"))
"""Strangers get one and the same page at all of them; the first three are not for everybody."""
TEASER = "/bills"
"""A page that tells strangers something, and those who are signed in something else."""


def test_what_stands_on_many_pages_is_nobodys_own() -> None:
    frame = frozenset((1, 2))
    pages = {"/a": frame | {3}, "/b": frame | {4}, "/c": frame | {5}, "/login?to=d": frame}
    assert public(pages) == {"/a": {3}, "/b": {4}, "/c": {5}}


def test_equal_answers_are_those_at_three_addresses_or_more() -> None:
    assert equal({"/a": "x", "/b": "x", "/c": "x", "/d": "y", "/e": "y", "/f": ""}) == dict.fromkeys(
        ("/a", "/b", "/c"), "x"
    )


def test_turns_leave_every_address_to_one() -> None:
    urls = [f"/{name}" for name in "abcdefg"]
    left = left_to_others(urls, ("sol", "nora", "sam"))
    assert left == left_to_others(reversed(urls), ("sam", "sol", "nora"))
    assert [sum(url not in each for each in left.values()) for url in urls] == [1] * 7
    assert left_to_others(urls, ("sam",)) == {"sam": frozenset()}
    assert left_to_others(urls, ()) == {}


def page(path: str, who: str) -> bytes:
    """What is shown to somebody, or to a stranger."""
    links = b" ".join(b'<a href="%s">%s</a>' % (each.encode(), each.encode()) for each in (*HELP, TEASER))
    script = b"<script>const views = [%s]</script>" % b", ".join(
        b'"%s"' % each.encode() for each in (*SHELL, *WALLED)
    )
    mine = b" ".join(b'<a href="%s">mine</a>' % each.encode() for each in WALLED[3:] if who)
    if path in SHELL:
        return b"<!doctype html><div id=app></div>"
    if path in WALLED and (not who or path in WALLED[:3]):
        return b"<!doctype html><p>Not without a key</p>"
    if path in WALLED:
        return b"<!doctype html><p>%s keeps 12 bottles of %s</p>" % (who.encode(), path.encode())
    if path in HELP:
        return b"<!doctype html><p>All about the %s</p><p>How to get into the %s</p>" % (
            path.encode(),
            path.encode(),
        )
    if path == TEASER and not who:
        return b"<!doctype html><p>Here are your bills, once you are signed in</p>"
    if path == TEASER:
        return b"<!doctype html><p>%s owes 12.40 for the boat</p><p>and 7.30 for oars</p>" % who.encode()
    greeting = b"<p>%s@lab.test</p>" % who.encode() if who else b"<p>Welcome</p>"
    return b"<!doctype html>" + greeting + links + mine + script


async def test_everybody_asks_what_shows_more_than_strangers_get_and_takes_turns_at_the_rest(
    loopback: Any,
) -> None:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            head = await loopback.head(reader)
            _, path, _ = head.split(" ", 2)
            bearer = head.partition("Bearer ")[2].partition("\r")[0]
            who = bearer.removeprefix("token-of-")
            found = path in (*HELP, *SHELL, *WALLED, TEASER, "/") or (path == "/me" and who)
            status = "200 OK" if found else "401 Unauthorized" if path == "/me" else "404 Not Found"
            body = page(path, who) if found else b"<!doctype html><p>Nothing here</p>"
            writer.write(loopback.http(body, status, b"Content-Type: text/html"))
            await writer.drain()

    identities = []
    for name in NAMES:
        (loopback.folder / name).write_text(f"token-of-{name}")
        identities.append(
            {
                "name": name,
                "username": f"{name}@lab.test",
                "token": f"file:{loopback.folder / name}",
                "proof": "/me",
            }
        )
    async with loopback.serve(handle, tls=loopback.tls()) as port:
        site = Site(
            portal={"url": f"https://127.0.0.1:{port}/"},
            scope={"addresses": ["127.0.0.0/8"]},
            crawl={"requests_per_second": 1000.0, "timeout": 5.0},
            tls={"extra_ca": [loopback.ca_file]},
            identity=identities,
        )
        async with Wire(
            site, journal=loopback.journal, attach=lambda _data, suffix: suffix, consent=Touch.SIGN_IN
        ) as wire:
            people = People(wire, site)
            sessions = await people.everybody()
            assert len(sessions.signed_in) == len(NAMES), sessions
            seen: Crawl = await crawl(wire, site, people, sessions)
    root = site.portal.url.rstrip("/")
    asked = {
        path: sorted(each.who for each in seen.pages if each.url == root + path and each.who in NAMES)
        for path in (*HELP, *SHELL, *WALLED, TEASER)
    }
    assert asked[TEASER] == sorted(NAMES)
    assert [len(asked[path]) for path in HELP] == [1] * len(HELP)
    assert {who for path in HELP for who in asked[path]} == set(NAMES)
    assert Counter(who for path in SHELL for who in asked[path]) == dict.fromkeys(NAMES, 3)
    assert [asked[path] for path in WALLED] == [list(NAMES)] * len(WALLED)
