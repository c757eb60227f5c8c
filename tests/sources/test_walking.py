"""Where links lead, also where a route stands behind a #."""

import pytest

from launchready.collect.reach.sources.walking import _is_picture, _route


@pytest.mark.parametrize(
    ("written", "route"),
    [
        ("https://p.test/app#top", "https://p.test/app"),
        ("https://p.test/app?view=2#", "https://p.test/app?view=2"),
        ("https://p.test/#/orders/17", "https://p.test/orders/17"),
        ("https://p.test/app?a=1#!/orders", "https://p.test/app/orders"),
    ],
    ids=["anchor", "query", "hash", "hash-bang"],
)
def test_a_route_is_read_like_a_path(written: str, route: str) -> None:
    assert _route(written) == route


@pytest.mark.parametrize(
    ("path", "picture"), [("/favicon.ico", True), ("/api/logo.png?x=1", True), ("/app.js", False)]
)
def test_only_what_is_looked_at_is_left_out(path: str, *, picture: bool) -> None:
    assert _is_picture(f"https://p.test{path}") is picture
