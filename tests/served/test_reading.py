"""The pure parts: source maps, and addresses of scripts by halves."""

import json

import pytest

from launchready.collect.serving.scripts import named
from launchready.collect.serving.source_maps import Source, inline, reference, sources, without_inline_map
from launchready.evidence.http import Exchange
from launchready.wire.bodies import Bodies

URL = "https://portal.example/_next/static/chunks/main-1a2b.js"
HERE = "https://portal.example/_next/static/chunks/"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a()\n//# sourceMappingURL=app.js.map", "app.js.map"),
        ("a()\n//@ sourceMappingURL=app.js.map\n", "app.js.map"),
        ("a{}\n/*# sourceMappingURL=app.css.map */", "app.css.map"),
        ('let s="//# sourceMappingURL=old.map";\n//# sourceMappingURL=new.map', "new.map"),
        ("a()", ""),
    ],
)
def test_the_last_comment_names_the_map(text: str, expected: str) -> None:
    assert reference(text.encode()) == expected


def test_a_header_goes_before_a_comment() -> None:
    assert reference(b"//# sourceMappingURL=app.js.map", " /maps/1 ") == "/maps/1"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("data:application/json;base64,eyJ2IjoxfQ", b'{"v":1}'),
        ("data:application/json;charset=utf-8;base64,eyJ2IjoxfQ==", b'{"v":1}'),
        ("data:application/json,%7B%22v%22%3A1%7D", b'{"v":1}'),
        ("data:application/json;base64", None),
        ("app.js.map", None),
    ],
)
def test_a_map_within_an_address(address: str, expected: bytes | None) -> None:
    assert inline(address) == expected


def test_a_map_within_a_script_is_blanked_and_nothing_moves() -> None:
    script = b"a();\n//# sourceMappingURL=data:application/json;base64,eyJ2IjoxfQ==\nb();"
    blanked = without_inline_map(script)
    assert len(blanked) == len(script)
    assert b"base64" not in blanked
    assert blanked.endswith(b"\nb();")


def test_sources_of_a_map_and_of_its_sections() -> None:
    one = {"version": 3, "sources": ["a.ts", None], "sourcesContent": ["first", "second"], "mappings": ""}
    whole = {"version": 3, "sections": [{"offset": {"line": 0, "column": 0}, "map": one}]}
    expected = (Source("a.ts", b"first"), Source("source 2", b"second"))
    assert sources(json.dumps(one).encode()) == expected
    assert sources(b")]}'\n" + json.dumps(whole).encode()) == expected


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!doctype html>",
        b"[]",
        b'{"version":3}',
        b'{"version":3,"mappings":"","sources":5,"sourcesContent":[1]}',
        b"[" * 5000,
    ],
)
def test_what_is_no_map_or_a_broken_one_breaks_nothing(body: bytes) -> None:
    assert not sources(body)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('import("./bill-9f.js")', [HERE + "bill-9f.js"]),
        ('import("../bill.mjs")', ["https://portal.example/_next/static/bill.mjs"]),
        ('["static/chunks/17-ab.js"]', [HERE + "17-ab.js"]),
        ('["assets/Help-ab.js"]', ["https://portal.example/assets/Help-ab.js"]),
        ('a="/static/x.js"', ["https://portal.example/static/x.js"]),
        (
            'u=e=>"static/chunks/"+e+"."+{17:"aaaa1111",240:"bbbb2222"}[e]+".js"',
            [HERE + "17.aaaa1111.js", HERE + "240.bbbb2222.js"],
        ),
        ('u=e=>""+({5:"help"}[e]||e)+"-"+{5:"cccc3333"}[e]+".chunk.js"', [HERE + "5-cccc3333.chunk.js"]),
        ('x="node.js is fine", y=".js", z="/.js"', []),
    ],
)
def test_scripts_that_a_script_names(text: str, expected: list[str]) -> None:
    assert list(named(text, URL, html=False)) == expected


def test_scripts_that_a_page_names() -> None:
    text = (
        '<script src="/a.js?v=1&amp;w=2"></script><SCRIPT defer src=b.js></SCRIPT>'
        '<link rel=modulepreload href="/c.mjs"><link rel=stylesheet href="/d.css"><script>"/e.js"</script>'
    )
    found = named(text, "https://portal.example/x/", html=True)
    root = "https://portal.example/"
    assert found == (root + "a.js?v=1&w=2", root + "x/b.js", root + "c.mjs")


def answered(kind: str, body: bytes, method: str = "GET") -> Exchange:
    headers = (("content-type", kind),)
    return Exchange(
        method, URL, 200, headers, len(body), truncated=False, digest=f"~{body!r}", address="127.0.0.1"
    )


def test_bodies_are_kept_once_while_there_is_room() -> None:
    bodies = Bodies(room=10)
    first, second, third = (answered("text/html", body) for body in (b"12345678", b"123", b"12"))
    for exchange, body in ((first, b"12345678"), (first, b"12345678"), (second, b"123"), (third, b"12")):
        bodies.keep(exchange, body)
    assert [bodies.of(each) for each in (first, second, third)] == [b"12345678", None, b"12"]
    assert bodies.of(answered("text/html", b"")) == b""


@pytest.mark.parametrize(
    ("exchange", "kept"),
    [
        (answered("text/html; charset=utf-8", b"a"), True),
        (answered("image/svg+xml", b"a"), True),
        (answered("", b"a"), True),
        (answered("image/png", b"a"), False),
        (answered("application/pdf", b"a"), False),
        (answered("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"a"), False),
        (answered("text/html", b"a", "POST"), False),
    ],
)
def test_text_that_was_asked_for_is_kept(exchange: Exchange, *, kept: bool) -> None:
    bodies = Bodies()
    bodies.keep(exchange, b"a")
    assert (bodies.of(exchange) == b"a") is kept
