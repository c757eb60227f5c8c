"""Every way a page can load something, and everything that only looks like it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launchready.collect.addresses import resolve
from launchready.collect.html import Parsed, parse, script_paths
from launchready.evidence.http import Exchange

URL = "https://portal.test/app/index.html"
X = "http://x.test/f"


def answer(
    body: str | bytes,
    content_type: str = "text/html; charset=utf-8",
    *,
    headers: tuple[tuple[str, str], ...] = (),
    status: int = 200,
    url: str = URL,
) -> Parsed:
    raw = body.encode() if isinstance(body, str) else body
    sent = (("content-type", content_type), *headers) if content_type else headers
    return parse(
        raw,
        Exchange("GET", url, status, sent, len(raw), truncated=False, digest="", address="127.0.0.1"),
        url,
    )


def insecure(parsed: Parsed) -> list[tuple[str, str]]:
    assert parsed.document is not None
    return [(load.kind, load.via) for load in parsed.document.insecure]


KINDS = [
    (f"<script src={X}></script>", "script", "<script src>"),
    (f"<script type=module src={X}></script>", "script", "<script src>"),
    (f"<script type=' text/JavaScript ' src={X}></script>", "script", "<script src>"),
    (f"<svg><script href={X} /></svg>", "script", "<script href>"),
    (f"<svg><script xlink:href={X} /></svg>", "script", "<script href>"),
    (f"<link rel='alternate stylesheet' href={X}>", "style", "<link rel=stylesheet>"),
    (f"<LINK REL=StyleSheet HREF={X}>", "style", "<link rel=stylesheet>"),
    (f"<link rel='shortcut icon' href={X}>", "image", "<link rel=icon>"),
    (f"<link rel=apple-touch-icon href={X}>", "image", "<link rel=icon>"),
    (f"<link rel=manifest href={X}>", "manifest", "<link rel=manifest>"),
    (f"<link rel=preload as=font href={X}>", "font", "<link rel=preload>"),
    (f"<link rel=preload as=image imagesrcset='{X} 2x'>", "image", "<link imagesrcset>"),
    (f"<link rel=modulepreload href={X}>", "script", "<link rel=modulepreload>"),
    (f"<link rel=prefetch href={X}>", "preload", "<link rel=prefetch>"),
    (f"<img src={X}>", "image", "<img src>"),
    (f"<img src=' \n{X[:5]}\n{X[5:]} '>", "image", "<img src>"),
    ("<img src=HTTP:\\\\x.test\\f>", "image", "<img src>"),
    ("<img src=http:x.test/f>", "image", "<img src>"),
    (f"<img srcset='a.png 1x,{X} 2x'>", "image", "<img srcset>"),
    (f"<img srcset='{X}'>", "image", "<img srcset>"),
    (f"<picture><source srcset='{X}, b.png 2x'><img></picture>", "image", "<source srcset>"),
    (f"<input type=IMAGE src={X}>", "image", "<input type=image>"),
    (f"<video src={X}></video>", "media", "<video src>"),
    (f"<video poster={X}></video>", "image", "<video poster>"),
    (f"<video><source src={X}></video>", "media", "<source src>"),
    (f"<video><track src={X}></video>", "media", "<track src>"),
    (f"<audio src={X}></audio>", "media", "<audio src>"),
    (f"<iframe src={X}></iframe>", "frame", "<iframe src>"),
    (f"<frameset><frame src={X}></frameset>", "frame", "<frame src>"),
    (f"<iframe srcdoc='<img src={X}>'></iframe>", "image", "<iframe srcdoc> <img src>"),
    (f"<object data={X}></object>", "object", "<object data>"),
    (f"<embed src={X}>", "object", "<embed src>"),
    (f"<style>a{{background:url({X})}}</style>", "image", "<style> url()"),
    (f"<style>@media print{{a{{background:URL( '{X}' )}}}}</style>", "image", "<style> url()"),
    (f"<style>@import '{X}';</style>", "style", "<style> @import"),
    (f"<style>@charset 'utf-8';@import url({X}) print;</style>", "style", "<style> @import"),
    (f"<style>@font-face{{src:local(a),url({X})}}</style>", "font", "<style> @font-face url()"),
    (f"<style>a{{background:image-set('{X}' 1x)}}</style>", "image", "<style> image-set()"),
    (f"<style>a{{background:\\75rl({X})}}</style>", "image", "<style> url()"),
    (f"<style>:root{{--b:url({X})}}a{{background:var(--b)}}</style>", "image", "<style> url()"),
    (f"<svg><style>a{{fill:url({X})}}</style></svg>", "image", "<style> url()"),
    (f"<p style='background-image:url({X})'>", "image", "style attribute url()"),
    (f"<form action={X}></form>", "form", "<form action>"),
    (f"<form method=post action={X}></form>", "form", "<form action>"),
    (f"<form><button formaction={X}></button></form>", "form", "<button formaction>"),
    (f"<form><input type=submit formaction={X}></form>", "form", "<input formaction>"),
    (f"<a href=/ ping='{X}'>", "ping", "<a ping>"),
    (f"<body background={X}>", "image", "<body background>"),
    (f"<table><td background={X}></table>", "image", "<td background>"),
    (f"<svg><image href={X} /></svg>", "image", "<image href>"),
    (f"<svg><image xlink:href={X} /></svg>", "image", "<image href>"),
    (f"<base href={X}><img src=a.png>", "image", "<img src>"),
    (f"<noscript><img src={X}></noscript><p>", "image", "<img src>"),
    (f"<body><noscript><img src={X}></noscript>", "image", "<noscript> <img src>"),
    (f"<p><template shadowrootmode=open><img src={X}></template>", "image", "<img src>"),
    (f"<div><p></span><table><img src={X}", "", ""),
    (f"</html><img src={X}></body>", "image", "<img src>"),
]


@pytest.mark.parametrize(("body", "kind", "via"), KINDS)
def test_loads_are_found(body: str, kind: str, via: str) -> None:
    assert insecure(answer(body)) == ([(kind, via)] if kind else [])


LOOKALIKES = [
    f"<a href={X}>x</a>",
    f"<!-- <img src={X}> -->",
    f"<p>&lt;img src={X}&gt; {X}</p>",
    f"<template><img src={X}><script src={X}></script></template>",
    f"<img data-src={X} src=a.png>",
    f'<script type="application/ld+json">{{"image": "{X}"}}</script>',
    f"<script type=text/template src={X}><img src={X}></script>",
    f"<script>var a = '<img src={X}>';</script>",
    f"<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink={X}></svg>",
    f"<html xmlns={X} prefix={X}><head profile={X}>",
    *(
        f"<link rel={rel} href={X}>"
        for rel in (
            "canonical",
            "preconnect",
            "dns-prefetch",
            "profile",
            "pingback",
            "search",
            "author",
            "next",
            "alternate",
        )
    ),
    f"<link rel=stylesheet/less type=text/less href={X}>",
    f"<link rel=preload href={X}>",
    f"<meta property=og:image content={X}>",
    f"<meta http-equiv=refresh content='0;url={X}'>",
    f"<textarea><img src={X}></textarea>",
    f"<title><img src={X}></title>",
    f"<style>/* a{{background:url({X})}} */</style>",
    f"<style>a::after{{content:'url({X})'}}</style>",
    f"<style>@namespace svg url({X});</style>",
    f"<style>a{{}}@import '{X}';</style>",
    f"<style>:root{{--b:url({X})}}</style>",
    f"<style>a[href='{X}']{{}}</style>",
    f"<style type=text/less>a{{background:url({X})}}</style>",
    f"<form method=dialog action={X}></form>",
    f"<input type=text src={X}><button type=button formaction={X}>",
    f"<iframe srcdoc='' src={X}></iframe>",
    f"<source src={X}><source srcset={X}>",
    f"<blockquote cite={X}><q cite={X}>",
    "<img src=//x.test/a><img src='data:image/png,http://x.test/'><iframe src=javascript:0></iframe>",
    "<img srcset='data:image/png;base64,AAAA, 1x'>",
    "<img src='/go?u=http://x.test/'><img src=http><img src='http://'><img src='http://[x'>",
    f"<iframe src=about:blank></iframe><a style='color:red' id={X}></a>",
]


@pytest.mark.parametrize("body", LOOKALIKES)
def test_lookalikes_load_nothing_insecure(body: str) -> None:
    assert insecure(answer(body)) == []


def test_style_sheet_and_link_header() -> None:
    assert insecure(answer(f"a{{background:url({X})}}", "text/css")) == [("image", "url()")]
    header = (("link", f'</ok>; rel=next, <{X}>; rel=preload; as="style"'),)
    parsed = answer("<p>", headers=header)
    assert insecure(parsed) == [("style", "Link header")]
    assert parsed.links == ("https://portal.test/ok",)
    assert insecure(answer("<p>", headers=(("link", f"<{X}>; rel=preconnect, <{X}>; rel=canonical"),))) == []


@pytest.mark.parametrize(
    "parsed",
    [
        answer("<p>", "application/json"),
        answer("<p>", "image/svg+xml"),
        answer("<p>", headers=(("content-disposition", "attachment; filename=a.html"),)),
        answer("<p>", headers=(("location", "/"),), status=302),
        answer("\x00\x01", ""),
    ],
)
def test_what_no_browser_shows_is_no_document(parsed: Parsed) -> None:
    assert parsed == Parsed(None)


def test_untyped_page_is_sniffed() -> None:
    assert insecure(answer(f"\n<!DOCTYPE html><img src={X}>", "")) == [("image", "<img src>")]


def test_addresses_to_go_on_with() -> None:
    parsed = answer(
        """<base href="/base/"><a href="a?b=1&amp;c=2#d">1</a><a href="../up">2</a><area href=//other.test>
        <a href="mailto:a@b.test">3</a><a href=javascript:0>4</a><a href="#x">5</a>
        <a href="a?b=1&c=2">again</a>
        <link rel=next href=2><meta http-equiv=refresh content="5; URL='/soon'">
        <form action=/search></form><form action=/account/delete></form><form action=/log-out></form>
        <form method=POST action=/save></form><form></form>
        <script src=/a.js></script><img src=//cdn.test/i.png>"""
    )
    assert parsed.links == (
        "https://portal.test/soon",
        "https://portal.test/base/a?b=1&c=2",
        "https://portal.test/up",
        "https://other.test/",
        "https://portal.test/base/2",
    )
    assert parsed.forms == ("https://portal.test/search", URL)
    assert parsed.post_forms == ("https://portal.test/save",)
    assert parsed.loads == ("https://portal.test/a.js", "https://cdn.test/i.png")
    assert parsed.document is not None
    assert parsed.document.refresh == "https://portal.test/soon"


def test_policies_in_meta() -> None:
    document = answer(
        """<head><meta http-equiv=Content-Security-Policy content="default-src 'self' 'nonce-abc'">
        <meta name=referrer content=Origin></head><body><meta http-equiv=Content-Security-Policy content=x>"""
    ).document
    assert document is not None
    assert len(document.csp_meta) == 1
    assert "nonce-abc" not in document.csp_meta[0]
    assert document.referrer_meta == "origin"


def test_secrets_in_addresses_are_not_kept() -> None:
    value = "s3cr3t" * 3
    document = answer(f"<img src='http://user:{value}@x.test/a?token={value}'>").document
    assert document is not None
    assert value not in str(document)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (f"<img src={X}>".encode("utf-16"), "text/html"),
        (f"<img src={X}>".encode("utf-16-le"), "text/html; charset=utf-16le"),
        (b"\xff\xfe\xfd" * 0 + f"<p>\u00fc<img src={X}>".encode("latin-1"), "text/html; charset=iso-8859-1"),
        (b"<p>\xff\xc3\x28" + f"<img src={X}>".encode(), "text/html; charset=no-such"),
        (b"<meta charset=shift_jis>\x83\x5c" + f"<img src={X}>".encode(), "text/html"),
        (f"\ufeff<img src={X}>".encode(), "text/html"),
    ],
)
def test_charsets(body: bytes, content_type: str) -> None:
    assert insecure(answer(body, content_type)) == [("image", "<img src>")]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", ""),
        ("?a=1", "https://portal.test/app/index.html?a=1"),
        ("https:other", "https://portal.test/app/other"),
        ("https:/x.test/a", "https://x.test/a"),
        ("//X.TEST", "https://x.test/"),
        ("/../../a/./b/..", "https://portal.test/a/"),
        ("/ü b", "https://portal.test/%C3%BC%20b"),
        ("https://bücher.test/", "https://xn--bcher-kva.test/"),
        ("/a%20b", "https://portal.test/a%20b"),
        ("https://x.test:99999/", ""),
        ("ftp://x.test/", ""),
        ("ws://x.test/s", "ws://x.test/s"),
        ("a:b", ""),
    ],
)
def test_resolve(written: str, expected: str) -> None:
    assert resolve(URL, written) == expected


def test_script_paths() -> None:
    body = b"""fetch("/api/v1/orders");x='/api/users?page=2';`/t/${id}`;"//cdn.test/a";/re/;"/";'/a b'"""
    assert script_paths(body) == ("/api/v1/orders", "/api/users")
    assert len(script_paths(b"".join(b'"/p/%d"' % n for n in range(5000)))) == 500


def test_huge_pages_are_bounded() -> None:
    body = "<html>" + "".join(f'<li><a href="/orders/{n}">Order {n}</a>' for n in range(100_000))
    parsed = answer(body)
    assert len(parsed.links) == 20_000
    many = answer("".join(f"<img src=http://x.test/{n}>" for n in range(6000)))
    assert many.document is not None
    assert (len(many.document.insecure), many.document.loads) == (500, 5000)
    started = time.process_time()
    answer("<div>" * 100_000 + "</div>" * 100_000)
    assert time.process_time() - started < 1.5, "nesting alone must not stop the audit"
    nested = "<img src=http://x.test/>"
    for _ in range(8):
        nested = f'<iframe srcdoc="{nested.replace("&", "&amp;").replace(chr(34), "&quot;")}"></iframe>'
    assert insecure(answer(nested)) == []


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["text/html", "text/css", "", "text/html; charset=utf-7"]))
def test_nothing_raises(body: bytes, content_type: str) -> None:
    answer(b"<style>" + body + b"</style><img srcset='" + body + b"'><a href='" + body + b"'>", content_type)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_resolve_never_raises(written: str) -> None:
    for base in (URL, "https://[::1]:8443/"):
        assert resolve(base, written) == "" or resolve(base, written).startswith(("http", "ws"))
        resolve(base, "//" + written)
        resolve(base, "http://" + written)


def test_a_symbol_of_another_file_is_fetched_from_the_own_origin_only() -> None:
    found = answer(
        f"<svg><use href=/icons.svg#trash /><use xlink:href=more.svg#x /><use href=#here /><use href={X}#y /></svg>"
    )
    assert found.loads == ("https://portal.test/icons.svg", "https://portal.test/app/more.svg")
    assert insecure(found) == []
