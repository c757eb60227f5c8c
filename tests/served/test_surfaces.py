"""On each surface of the web every kind of secret is found, and nothing that is public by design is taken for one."""

import asyncio
import base64
import json
from collections.abc import Callable
from functools import partial
from html import escape
from urllib.parse import quote

import pytest

from launchready.checks.secrets.bundle import judge
from launchready.evidence.secrets import KeyStates, Place
from launchready.verdict import Fail, Pass, Unknown
from launchready_testbed.secret_shapes import KINDS, PUBLIC

from .conftest import JSON, SCRIPT, TEXT, File, Portal, Request, Search, Searched

Made = dict[str, File]


def page(extra: str, path: str) -> Made:
    """A page and the link to it, which `portal` makes of every page."""
    return {
        path: File(
            f"<!doctype html><html><head><title>Prices</title></head><body><h1>Prices</h1>{extra}</body></html>"
        )
    }


def script(code: str, path: str, *headers: tuple[str, str]) -> Made:
    return {path: File(f"(function(){{const api='/v1';{code}}})();", SCRIPT, headers=headers)}


def mapped(text: str) -> str:
    content = (
        f"import {{ call }} from './call';\nexport const settings = {json.dumps(text)};\ncall(settings);\n"
    )
    return json.dumps(
        {
            "version": 3,
            "sources": ["src/settings.ts"],
            "sourcesContent": [content],
            "names": [],
            "mappings": "AAAA",
        }
    )


def state(text: str) -> str:
    return json.dumps({"props": {"pageProps": {"settings": text, "plan": "basic"}}, "page": "/"})


def chunk(text: str) -> Made:
    return script('const more=()=>import("./more.b1c2.js")', "/s/chunk.js") | script(
        f"settings={json.dumps(text)}", "/s/more.b1c2.js"
    )


def inline_map(text: str) -> Made:
    packed = base64.b64encode(mapped(text).encode()).decode()
    return {"/s/inline.js": File(f"a();\n//# sourceMappingURL=data:application/json;base64,{packed}", SCRIPT)}


def named_map(text: str) -> Made:
    return {
        "/s/named.js": File("a();\n//# sourceMappingURL=maps/named.map", SCRIPT),
        "/s/maps/named.map": File(mapped(text), JSON),
    }


def header_map(text: str) -> Made:
    return script("", "/s/header.js", ("SourceMap", "/maps/header")) | {
        "/maps/header": File(mapped(text), JSON)
    }


def guessed_map(text: str) -> Made:
    return script("", "/s/guessed.js") | {"/s/guessed.js.map": File(mapped(text), JSON)}


def json_answer(text: str) -> Made:
    answer = File(json.dumps({"settings": {"value": text}}), JSON)
    return script('fetch("/v1/settings")', "/s/json.js") | {"/v1/settings": answer}


SURFACES: dict[str, tuple[Callable[[str], Made], str, str]] = {
    # name: what is served for a text, and where it must be found: surface, end of the address
    "script": (lambda text: script(f"const settings={json.dumps(text)}", "/s/app.js"), "script", "/s/app.js"),
    "chunk": (chunk, "script", "/s/more.b1c2.js"),
    "named map": (named_map, "source map", "/s/maps/named.map (src/settings.ts)"),
    "header map": (header_map, "source map", "/maps/header (src/settings.ts)"),
    "guessed map": (guessed_map, "source map", "/s/guessed.js.map (src/settings.ts)"),
    "inline map": (inline_map, "source map", "/s/inline.js (src/settings.ts)"),
    "next data": (
        lambda text: page(
            f'<script id="__NEXT_DATA__" type="application/json">{state(text)}</script>', "/next"
        ),
        "inline state",
        "/next",
    ),
    "window": (
        lambda text: page(
            f"<script>window.__STATE__ = {json.dumps({'settings': text})};</script>", "/window"
        ),
        "inline state",
        "/window",
    ),
    "url-coded state": (
        lambda text: page(
            f'<script>window.__STATE__ = decodeURIComponent("{quote(json.dumps(text))}")</script>', "/coded"
        ),
        "inline state",
        "/coded",
    ),
    "base64 state": (
        lambda text: page(
            f'<script>boot(atob("{base64.b64encode(text.encode()).decode()}"))</script>', "/packed"
        ),
        "inline state",
        "/packed",
    ),
    "flight": (
        lambda text: page(
            f"<script>self.__next_f.push([1,{json.dumps('5:' + state(text))}])</script>", "/flight"
        ),
        "inline state",
        "/flight",
    ),
    "comment": (lambda text: page(f"<!-- settings:\n{text}\n-->", "/comment"), "page", "/comment"),
    "attribute": (
        lambda text: page(
            f'<div data-settings="{escape(json.dumps({"settings": text}))}"></div>', "/attribute"
        ),
        "page",
        "/attribute",
    ),
    "text": (lambda text: page(f"<pre>{escape(text)}</pre>", "/text"), "page", "/text"),
    "json": (json_answer, "answer", "/v1/settings"),
    "plain text": (lambda text: {"/notes.txt": File(f"release notes\n{text}\n", TEXT)}, "page", "/notes.txt"),
}


def portal(texts: dict[str, str]) -> Portal:
    """All surfaces, each with its text, behind a page that leads to all of them."""
    files: Made = {}
    for name, text in texts.items():
        files |= SURFACES[name][0](text)
    scripts = [
        path for path in files if path.startswith("/s/") and "more" not in path and path.endswith(".js")
    ]
    links = "".join(
        f'<a href="{path}">x</a>' for path in files if not path.startswith(("/s/", "/maps", "/v1"))
    )
    loads = "".join(f'<script src="{path}"></script>' for path in scripts)
    start = File(f"<!doctype html><title>Start</title>{links}{loads}")
    return Portal({**files, "/": start})


@pytest.fixture(scope="module")
def found(search: Search) -> dict[str, Searched]:
    """One search for each kind of secret, another one on each surface."""

    async def all_kinds() -> dict[str, Searched]:
        looked = {}
        for kind, shape in KINDS.items():
            looked[kind] = await search(portal({name: shape(f"{kind} {name}") for name in SURFACES}))
        return looked

    return asyncio.run(all_kinds())


def places(searched: Searched) -> list[Place]:
    return [place for secret in searched.served.search.secrets for place in secret.places]


@pytest.mark.parametrize("surface", SURFACES)
def test_every_kind_is_found_on_this_surface(found: dict[str, Searched], surface: str) -> None:
    _, kind_of_place, end = SURFACES[surface]
    missed = [
        kind
        for kind, searched in found.items()
        if not any(place.surface == kind_of_place and place.where.endswith(end) for place in places(searched))
    ]
    assert missed == []


@pytest.mark.parametrize("kind", KINDS)
def test_each_is_told_once_and_nothing_is_left_open(found: dict[str, Searched], kind: str) -> None:
    served = found[kind].served
    assert isinstance(judge(served, KeyStates()), Fail)
    assert served.search.gaps == ()
    assert all(place.who == "anonymous" and place.line for place in places(found[kind]))
    assert len({secret.fingerprint for secret in served.search.secrets}) == len(served.search.secrets)


@pytest.mark.parametrize("kind", KINDS)
def test_no_value_is_written_down(found: dict[str, Searched], kind: str) -> None:
    said = repr(found[kind].served) + found[kind].journal
    for name in SURFACES:
        for line in KINDS[kind](f"{kind} {name}").splitlines():
            value = line.partition("=")[2] or line
            assert len(value) < 20 or "PRIVATE KEY" in value or value not in said


def test_what_is_public_by_design_is_no_secret_on_any_surface(search: Search) -> None:
    async def all_kinds() -> list[Searched]:
        return [await search(portal(dict.fromkeys(SURFACES, shape("public")))) for shape in PUBLIC.values()]

    told = {kind: places(each) for kind, each in zip(PUBLIC, asyncio.run(all_kinds()), strict=True)}
    assert {kind: told[kind] for kind in told if told[kind]} == {}


def test_scripts_of_another_host_are_not_read(search: Search) -> None:
    start = File('<!doctype html><script src="https://cdn.example.com/lib.js"></script>')
    looked = asyncio.run(search(Portal({"/": start})))
    verdict = judge(looked.served, KeyStates())
    assert isinstance(verdict, Pass)
    assert "cdn.example.com" in {seen.subject for seen in verdict.seen}


def test_what_the_crawl_was_given_is_not_asked_again(search: Search) -> None:
    looked = asyncio.run(search(portal(dict.fromkeys(SURFACES, "nothing of note"))))
    assert isinstance(judge(looked.served, KeyStates()), Pass)
    asked = [each.path for each in looked.portal.asked]
    assert len(asked) == len(set(asked))
    assert "/s/guessed.js.map" in asked


def test_a_script_that_is_longer_than_a_page_may_be_is_read_to_its_end(search: Search) -> None:
    code = "a();" * 1000 + partial(KINDS["stripe"])("long")
    start = File('<!doctype html><title>Start</title><script src="/s/app.js"></script>')
    looked = asyncio.run(search(Portal({"/": start, "/s/app.js": File(code, SCRIPT)}), max_bytes=2000))
    (secret,) = looked.served.search.secrets
    assert secret.places[0].where.endswith("/s/app.js")


def test_what_was_not_kept_is_asked_again(search: Search) -> None:
    made = portal({name: secret_of(name) for name in SURFACES})
    looked = asyncio.run(search(made, room=0))
    assert {place.where.rpartition("/")[2] for place in places(looked)} >= {"app.js", "next", "settings"}
    assert [each.path for each in made.asked].count("/s/app.js") >= 2
    assert looked.served.search.gaps == ()


def secret_of(name: str) -> str:
    return KINDS["stripe"](f"again {name}")


def test_what_was_cut_short_and_stays_so_is_open(search: Search) -> None:
    """A page that ends in mid-body says that there was more."""
    start = File('<!doctype html><title>Start</title><script src="/s/app.js"></script>')
    cut = File("a();", SCRIPT, headers=(("Content-Encoding", "gzip"),))
    looked = asyncio.run(search(Portal({"/": start, "/s/app.js": cut})))
    assert [gap.where.rpartition("/")[2] for gap in looked.served.search.gaps] == ["app.js"]
    assert isinstance(judge(looked.served, KeyStates()), Unknown)


def test_a_page_without_an_answer_is_open(search: Search) -> None:
    def silent(_request: Request) -> File:
        raise ConnectionError

    start = File('<!doctype html><title>Start</title><a href="/prices">Prices</a>')
    verdict = judge(asyncio.run(search(Portal({"/": start, "/prices": silent}))).served, KeyStates())
    assert isinstance(verdict, Unknown)
    assert {doubt.subject.rpartition("/")[2] for doubt in verdict.doubts} == {"prices"}
