"""Which addresses are asked: every template a few times, in a fixed order, and cheaply however many links there are."""

import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.collect.frontier import Frontier, changes_something
from launchready.collect.shape import FAN_OUT, ROOT_FAN_OUT, Shapes, generalised
from launchready.site import Site

ROOT = "https://portal.example"


def frontier(**limits: Any) -> Frontier:
    return Frontier(
        Site(
            portal={
                "url": f"{ROOT}/",
                "hosts": ["www.portal.example"],
                "redirects": [{"from": "https://old.example/", "to": f"{ROOT}/"}],
            },
            scope={"hosts": ["files.example"]},
            crawl=limits,
        )
    )


def taken(front: Frontier) -> list[str]:
    return [wanted.url for wanted in front.queue]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/clients/17", "/clients/230001"),
        ("/i/INV-2026-001", "/i/INV-2025-117"),
        ("/d/550e8400-e29b-41d4-a716-446655440000", "/d/6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
        ("/c/2026-11-24", "/c/2027-01-02"),
        ("/assets/app.c59a60fa.css", "/assets/app.1d7a43be.css"),
        ("/r/Zk3dQ9xLw02mTb7RfVhY", "/r/a81BcD2eF3gH4iJ5kL6m"),
        ("/feed/WyJkZW1vIl0.d_-9sD3x_Zc2.xml", "/feed/IjhjNmY1MDg0.aB-xxQ2_kk8LmN4.xml"),
        ("/f?page=1", "/f?page=2"),
        ("/f?b=1&a=2", "/f?a=9&b=3"),
        ("/x;jsessionid=AB12", "/x;jsessionid=CD34"),
    ],
)
def test_what_differs_by_an_id_has_one_shape(one: str, other: str) -> None:
    shapes = Shapes()
    assert shapes.of(ROOT + one) == shapes.of(ROOT + other)


@pytest.mark.parametrize(
    "words", ["Getting-Started-With-Your-Portal", "terms-of-carriage", "Invoice-List-final"]
)
def test_words_with_dashes_are_no_token(words: str) -> None:
    assert generalised(words) == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/clients/17", "/clients/17/notes"),
        ("/clients", "/tickets"),
        ("/api/v1/x", "/api/v2/x"),
        ("/f?page=1", "/f?sort=1"),
        ("/f", "/f?page=1"),
        ("/index.php?view=invoices", "/index.php?view=tickets"),
        ("/a.css", "/a.js"),
    ],
)
def test_what_comes_from_another_template_has_another_shape(one: str, other: str) -> None:
    shapes = Shapes()
    assert shapes.of(ROOT + one) != shapes.of(ROOT + other)


def test_the_scheme_and_the_host_belong_to_the_shape() -> None:
    shapes = Shapes()
    assert (
        len({shapes.of(f"{origin}/a/1") for origin in (ROOT, "http://portal.example", "https://www.example")})
        == 3
    )


def test_a_folder_of_many_names_holds_items() -> None:
    shapes = Shapes()
    words = [f"{chr(97 + n // 26)}{chr(97 + n % 26)}-article" for n in range(200)]
    found = [shapes.of(f"{ROOT}/help/{word}") for word in words]
    assert len(set(found)) == FAN_OUT + 1
    assert shapes.of(f"{ROOT}/help/{words[0]}") == found[0]  # who came first keeps its own
    assert (
        len({shapes.of(f"{ROOT}/{word}") for word in words}) == ROOT_FAN_OUT
    )  # the folder above is one of its own
    assert len({shapes.of(f"{ROOT}/teams/{word}/members/{word}") for word in words}) <= (FAN_OUT + 1) * 2


def test_combinations_of_parameters_do_not_multiply() -> None:
    shapes = Shapes()
    names = "abcdefgh"
    queries = [
        "&".join(f"{n}=1" for bit, n in enumerate(names) if number >> bit & 1) for number in range(1, 256)
    ]
    assert len({shapes.of(f"{ROOT}/search?{query}") for query in queries}) <= 11


@given(st.text(max_size=60))
def test_any_segment_has_a_shape_and_placeholders_are_final(segment: str) -> None:
    once = generalised(segment)
    assert generalised(once) == once or not any(c.isdigit() for c in segment)


def test_a_few_of_each_shape_are_taken_in_the_order_they_came() -> None:
    front = frontier(per_shape=2)
    front.offer([f"{ROOT}/orders/{n}" for n in range(50)] + [f"{ROOT}/about"], "link", 1)
    assert taken(front) == [f"{ROOT}/orders/0", f"{ROOT}/orders/1", f"{ROOT}/about"]
    assert front.skipped == {"further ones of a shape": 48}


def test_an_address_is_taken_once_however_it_is_written() -> None:
    front = frontier()
    front.offer([f"{ROOT}/a", f"{ROOT}:443/a", "https://me@portal.example/a", f"{ROOT}/a"], "link", 1)
    assert taken(front) == [f"{ROOT}/a"]


def test_only_the_portals_hosts_are_walked() -> None:
    front = frontier()
    front.offer(
        [
            "https://www.portal.example/x",
            "https://files.example/x",
            "https://old.example/x",
            "https://cdn.example/x",
            "https://portal.example.evil.example/x",
            "https://portal.example@evil.example/x",
        ],
        "link",
        1,
    )
    assert taken(front) == ["https://www.portal.example/x", "https://files.example/x"]
    assert front.skipped == {"outside the scope": 4}


@pytest.mark.parametrize(
    "path",
    [
        "/logout",
        "/account/sign-out",
        "/signOut",
        "/users/7/delete",
        "/deleteUser?id=7",
        "/mail?action=unsubscribe",
        "/x?logout",
        "/api/v1/sessions/log_out",
    ],
)
def test_what_looks_like_a_change_is_never_asked(path: str) -> None:
    front = frontier()
    front.offer([ROOT + path], "link", 1)
    assert taken(front) == []
    assert sum(front.skipped.values()) == 1


@pytest.mark.parametrize(
    "path", ["/blog/outlook", "/logoutput", "/undeleted", "/login", "/removes", "/catalogue"]
)
def test_words_that_only_contain_such_a_word_are_asked(path: str) -> None:
    assert not changes_something(ROOT + path)


def test_depth_and_number_have_limits() -> None:
    front = frontier(limit=3, depth=2)
    front.offer([f"{ROOT}/a/b"], "link", 3)
    front.offer([f"{ROOT}/{word}" for word in ("a", "b", "c", "d", "e")], "link", 2)
    assert len(front.queue) == 3
    assert front.skipped == {"too many links away from the start": 1, "over the limit": 2}


def test_a_hundred_thousand_links_become_three_requests() -> None:
    front = frontier()
    front.offer([f"{ROOT}/orders/{n}" for n in range(100_000)], "link", 1)
    assert len(front.queue) == 3
    assert front.skipped == {"further ones of a shape": 99_997}


def test_links_take_little_memory() -> None:
    front = frontier()
    urls = (f"{ROOT}/orders/{n}" for n in range(20_000))
    tracemalloc.start()
    front.offer(urls, "link", 1)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 20_000 * 300 + 1_000_000
