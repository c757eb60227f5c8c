"""What the scripts of pages ask becomes known, and what a press of a button would have changed is not done."""

import json
from typing import Any

import pytest

from launchready.evidence.access import ANONYMOUS
from launchready.wire import Touch, chromium

from .conftest import Asked, Portal, Reply, running

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _needs_chromium() -> None:
    try:
        chromium.executable("")
    except chromium.NoBrowserError as error:
        pytest.skip(f"{error}: install it with your system's packages (chromium, libnss3-tools)")


async def test_an_application_of_scripts_is_walked_through_and_nothing_in_it_changed(
    loopback: Any, portal: Portal
) -> None:
    portal.introspects = False
    async with running(loopback, portal, browser=True) as harbour:
        found = await harbour.learned("nora")
        before = len(portal.asked)
        assert await harbour.learned("nora") is found
        assert len(portal.asked) == before
    shown = {(each.call.method, each.call.url.removeprefix(harbour.url)): each for each in found.shown}
    assert set(shown) == {
        ("GET", "/api/me"),
        ("GET", "/api/orders"),
        ("GET", "/api/orders?late=1"),
        ("POST", "/api/search"),
        ("POST", "/graphql"),
    }
    assert all(each.party == "nora" and each.call.source == "browser" for each in found.shown)
    assert json.loads(shown["GET", "/api/orders"].answer.body)["count"] == 2
    assert dict(shown["POST", "/api/search"].call.headers) == {
        "content-type": "application/json",
        "x-tenant": "7",
    }
    assert json.loads(shown["POST", "/graphql"].call.body)["variables"] == {"id": "1001"}
    offered = {(each.call.method, each.call.url.removeprefix(harbour.url)): each for each in found.offered}
    assert set(offered) == {
        ("POST", "/api/seen"),
        ("POST", "/api/orders/1001/step"),
        ("POST", "/api/orders/1001/close"),
    }
    close = offered["POST", "/api/orders/1001/close"]
    assert (close.party, close.fields, close.call.source, close.call.body) == (
        "nora",
        ("why",),
        "form",
        b"why=",
    )
    assert "Close order" in close.label
    step = offered["POST", "/api/orders/1001/step"]
    assert (step.party, step.fields, step.call.reads) == ("nora", ("note", "way"), False)
    assert json.loads(step.call.body) == {"note": "ready", "way": 2}
    assert step.page == f"{harbour.url}/app/orders/1001"
    # Only what the pages send by themselves, as on any visit.
    assert portal.wrote().count("POST /api/seen") == 1, "what may have changed something is not sent again"
    assert not [
        each for each in portal.asked if each.method in ("PUT", "PATCH", "DELETE") or "step" in each.path
    ]
    assert not [why for _, why in found.unlooked if "browser" in why.detail]


@pytest.mark.parametrize("consent", [Touch.SIGN_IN, Touch.PROBE])
async def test_a_form_that_only_a_script_sends_is_told_where_it_would_be_tried(
    loopback: Any, portal: Portal, consent: Touch
) -> None:
    def more(asked: Asked, _user: str) -> Reply | None:
        body = "<!doctype html><p>Notes</p><form><textarea name=text></textarea><button>Add</button></form>"
        return (
            (200, "text/html", f"{body}<script>fetch('/api/me')</script>".encode())
            if asked.path == "/"
            else None
        )

    portal.more, portal.introspects = more, False
    async with running(loopback, portal, browser=True) as harbour:
        harbour.wire.gate.consent = consent
        found = await harbour.learned("nora")
        pages = [page for page, _ in found.untried]
    assert pages == ([f"{harbour.url}/"] if consent is Touch.PROBE else [])


async def test_pages_without_scripts_are_soon_left(loopback: Any, portal: Portal) -> None:
    def more(asked: Asked, _user: str) -> Reply | None:
        if asked.path.startswith("/p") or asked.path == "/":
            links = "".join(f"<a href=/p{n}x/{n}>Page {n}</a> " for n in range(30))
            return 200, "text/html", f"<!doctype html><title>{asked.path}</title>{links}".encode()
        return None

    portal.more = more
    async with running(loopback, portal, browser=True) as harbour:
        await harbour.learned(ANONYMOUS)
        before = sum("chrom" in each.headers.get("user-agent", "").lower() for each in portal.asked)
        await harbour.learned("sol")
    pages = [e for e in portal.asked if "chrom" in e.headers.get("user-agent", "").lower() and "x/" in e.path]
    assert before == 0
    assert len(pages) <= 5
