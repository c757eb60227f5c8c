"""What somebody who is signed in may follow on a page, by everything that a person would see or a script would use."""

import pytest

from launchready.collect.links import NO_SEARCH, Links, read_links
from launchready.collect.named import composed
from launchready.evidence.http import Exchange

ROOT = "https://portal.example"
PAGE = f"{ROOT}/tickets/3"


def links(body: str, media: str = "text/html; charset=utf-8", url: str = PAGE) -> Links:
    raw = body.encode()
    exchange = Exchange("GET", url, 200, (("content-type", media),), len(raw), False, "~1", "192.0.2.1")  # noqa: FBT003
    return read_links(raw, exchange, url)


def paths(urls: object) -> list[str]:
    assert isinstance(urls, dict)
    return [url.removeprefix(ROOT) for url in urls]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/x/3">Show</a>',
        '<a href="/x/3" class="btn dropdown-toggle">Menu</a>',
        '<a href="/x/3"><img src="/logo.png" alt="Crate"></a>',
        '<a href="/x"><img src="/logo.png" alt=""></a>',
        '<a href="/x/3" onclick="openMenu(); return true">Show</a>',
        '<form method="post" action="/other"><a href="/x/3">Forgot it?</a></form>',
        '<a href="/x/3" data-method="get">Show</a>',
        '<p>Are you sure of the numbers? Read on.</p><nav><a href="/x/3">Crate</a></nav>',
        '<a href="/x/3" data-method="delete">Delete</a> <a href="/x/3">Crate 3</a>',
    ],
)
def test_a_link_that_reads_is_followed(link: str) -> None:
    found = links(link)
    assert len(found.follow) == 1
    assert paths(found.follow)[0].startswith("/x")


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/x/3" aria-label="Delete ticket"><svg></svg></a>',
        '<a href="/x/3" title="Archive"><svg></svg></a>',
        '<a href="/x/3"><i class="fa fa-trash"></i></a>',
        '<a href="/x/3"><svg><use href="/icons.svg#trash"></use></svg></a>',
        '<a href="/x/3"><svg></svg></a>',
        '<a href="/x/3" title="Assign this ticket to mira.moss@lab.test"><i class="hand"></i></a>',
        '<form method="post" action="/other"><a href="/x/3" title="To me"><svg></svg></a></form>',
        '<a href="/x?k=1"><img src="/i.png" alt=""></a>',
        '<a href="/x/3" onclick="return confirm(\'Sure?\')">Tidy</a>',
        '<a href="/x/3" data-turbo-confirm="Sure?">Tidy</a>',
        '<a href="/x/3" class="btn btn-danger">Tidy</a>',
        '<p>Are you sure? <a href="/x/3">Go on</a></p>',
        '<p>Möchten Sie Ada wirklich entfernen? <a href="/x/3">Weiter</a></p>',
        '<a href="/x/3">Yes</a>',
        '<a href="/x/3"><button>Löschen</button></a>',
        '<meta name="csrf-token" content="4f9a8b7c6d5e"><a href="/x/3?t=4f9a8b7c6d5e">Show</a>',
        '<iframe srcdoc="<a href=&quot;/x/3/delete&quot;>Show</a>"></iframe>',
    ],
)
def test_a_link_that_may_act_is_left_out_and_told(link: str) -> None:
    found = links(link)
    assert not found.follow
    assert len(found.left_out) == 1


@pytest.mark.parametrize(
    "sends",
    [
        '<form method="post" action="/x"></form>',
        '<form><button formaction="/x">Go</button></form>',
        '<a href="/x" data-method="put">Go</a>',
        '<a href="/x" hx-post="/x">Go</a>',
        '<button hx-delete="/x">Go</button>',
        '<form method="post" action="/x"><a href="/x">Go</a></form>',
    ],
)
def test_what_something_is_sent_to_is_known(sends: str) -> None:
    found = links(sends)
    assert f"{ROOT}/x" in found.sent_to
    assert not found.follow


@pytest.mark.parametrize(
    ("form", "is_search"),
    [
        ('<form role="search" action="/x"><input name="what"></form>', True),
        ('<form action="/x"><input type="search" name="what"></form>', True),
        ('<form action="/x"><input name="q"><button>Suchen</button></form>', True),
        ('<form action="/tickets/3"><select name="colour"></select></form>', True),
        ('<form action="/x"><input name="amount"><button>Go</button></form>', False),
        ('<form action="/x"><input name="q"><button>Delete all</button></form>', False),
        ('<form action="/x"><input name="q"><input type="hidden" name="csrf_token" value="1"></form>', False),
        ('<form action="/x/delete"><input name="q"></form>', False),
    ],
)
def test_a_form_is_asked_only_if_it_clearly_searches(form: str, is_search: bool) -> None:  # noqa: FBT001
    found = links(form)
    assert bool(found.searches) is is_search
    assert (NO_SEARCH in found.left_out.values()) is not is_search


def test_what_a_script_sends_to_is_told_from_what_it_reads() -> None:
    found = links(
        """fetch("/read"); get('/also/read'); fetch("/a/sent", {method: "POST"}); $.post("/b/sent", x);
        call("DELETE", "/c/sent"); axios({method: "put", url: "/d/sent"}); api.patch(`/e/sent`)""",
        "text/javascript",
    )
    assert paths(found.named) == ["/read", "/also/read"]
    assert paths(found.scripted) == ["/a/sent", "/b/sent", "/c/sent", "/d/sent", "/e/sent"]


def test_addresses_in_json_are_named_unless_their_key_says_that_they_act() -> None:
    found = links(
        '{"items": [{"id": 7, "href": "/orders/7", "deleteUrl": "/orders/7/bin"}], "next": "/orders?page=2", "text": "/ no"}',
        "application/json",
        f"{ROOT}/orders",
    )
    assert paths(found.named) == ["/orders/7", "/orders?page=2"]
    assert paths(found.left_out) == ["/orders/7/bin"]
    assert paths(found.guesses) == ["/orders/7"]


def test_the_base_of_an_interface_and_what_is_below_it_are_put_together() -> None:
    named = [f"{ROOT}{path}" for path in ("/api/v2", "/orders", "/api/v2/me", "/sign-in")]
    assert list(composed(named)) == [f"{ROOT}/api/v2/orders", f"{ROOT}/api/v2/sign-in"]
    assert not list(composed([f"{ROOT}/orders"]))


def test_broken_input_does_no_harm() -> None:
    assert links("<a href='http://['>x<a href>y<form action='//'>") is not None
    assert not links("{", "application/json").named
    assert not links("[[[[", "application/json").named
