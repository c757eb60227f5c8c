"""Two renderings of one page are alike, whatever is random in them, and no two pages that say another word."""

from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from random import Random
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from launchready.collect.likeness import differences as unlike
from launchready.collect.likeness import likeness
from launchready.evidence.http import Exchange
from launchready.wire.http import Answer

RANDOM: dict[str, Callable[[Random], str]] = {
    "hexadecimal": lambda lot: lot.randbytes(16).hex(),
    "short hexadecimal": lambda lot: lot.randbytes(8).hex(),
    "a universal identifier": lambda lot: str(UUID(bytes=lot.randbytes(16), version=4)),
    "base64": lambda lot: b64encode(lot.randbytes(32)).decode(),
    "base64 for addresses": lambda lot: urlsafe_b64encode(lot.randbytes(30)).decode(),
    "letters and digits": lambda lot: "".join(
        lot.choices("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLM0123456789", k=40)
    ),
    "signed": lambda lot: ".".join(urlsafe_b64encode(lot.randbytes(n)).decode() for n in (33, 3, 27)),
    "a time": lambda lot: f"{lot.randrange(1_700_000_000, 1_800_000_000)}.{lot.randrange(1_000_000)}",
    "a date": lambda lot: (
        f"2026-{lot.randrange(1, 13):02}-{lot.randrange(1, 29):02}T{lot.randrange(24):02}:07:31Z"
    ),
}
PARTS = ("invalid", "Password", "user", "Unknown", "Fehler", "Konto", "not", "Found", "clave", "Wachtwoord")


def page(of: Callable[[Random], str], lot: Random, *, says: str = "Wrong password.") -> str:
    """One page as it is given out each time: random values of one kind in five places, and a nonce of whatever shape."""
    nonce = lot.choice(
        (b64encode(lot.randbytes(16)).decode(), "".join(lot.choices("abcdefghijklmnop", k=16)))
    )
    return (
        f'<script nonce="{nonce}" src="/app.{of(lot)}.js"></script><p>{says}</p><input name="csrf" value="{of(lot)}">'
        f'<a href="/login?flow={of(lot)}&amp;next=/home">again</a><script nonce={nonce}>x={{"id":"{of(lot)}"}}</script>'
        f"<!-- {of(lot)} -->"
    )


def answer(body: str, *, status: int = 401, location: str = "", **headers: str) -> Answer:
    raw = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    exchange = Exchange(
        "POST",
        "https://portal.example/login",
        status,
        raw,
        len(body),
        truncated=False,
        digest="~0",
        address="192.0.2.1",
    )
    return Answer(exchange, body.encode(), raw, location)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            '<input name="csrf" value="9f8a7b6c5d4e3f2a1b0c">',
            '<input name="csrf" value="0a1b2c3d4e5f6a7b8c9d">',
        ),
        (
            '<script nonce="lK3&#43;x9Qa/z1PqRs7TuVwXy=="></script>',
            '<script nonce="Zz8kQmLw0PqRs7TuVwXyA1=="></script>',
        ),
        ("<p>nora@northwind.test could not log in</p>", "<p>xkqz@northwind.test could not log in</p>"),
        ("<p>nora&#64;northwind.test</p>", "<p>xkqz@northwind.test</p>"),
        (
            '{"error":"bad","request":"5f1c7c1e-3f0e-4a52-9d0e-6f5b1c2d3e4f","left":4}',
            '{"error":"bad","request":"0c9d8e7f-1a2b-4c3d-8e5f-9a8b7c6d5e4f","left":3}',
        ),
        ("<p>Tuesday 10:31:07</p>", "<p>Tuesday 10:31:09</p>"),
        ('<a href="/login?u=nora%40northwind.test">', '<a href="/login?u=xkqz%40northwind.test">'),
    ],
)
def test_what_changes_by_itself_is_no_difference(first: str, second: str) -> None:
    one = likeness(answer(first), ("nora@northwind.test", "secret-1"))
    other = likeness(answer(second), ("xkqz@northwind.test", "secret-2"))
    assert unlike(one, (other,)) == frozenset()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("<p>wrong password</p>", "<p>no such user</p>"),
        ('<div class="bad-password">', '<div class="bad-user">'),
        ('{"error":"invalid_credentials"}', '{"error":"unknown_account"}'),
        ("<!-- user found -->", "<!-- -->"),
        ("<p>密码错误</p>", "<p>没有这个用户</p>"),
        (
            '<a href="/account/password/forgotten/confirmation">',
            '<a href="/account/password/not-known/to-anybody-here">',
        ),
    ],
)
def test_a_real_difference_is_one_in_any_language_and_place(first: str, second: str) -> None:
    assert unlike(likeness(answer(first)), (likeness(answer(second)),))


@pytest.mark.parametrize("kind", sorted(RANDOM))
@given(st.integers(0, 2**64), st.integers(0, 2**64))
def test_two_renderings_of_one_page_are_alike(kind: str, first: int, second: int) -> None:
    one, other = (likeness(answer(page(RANDOM[kind], Random(seed)))) for seed in (first, second))
    assert unlike(one, (other,)) == frozenset()


@pytest.mark.parametrize("kind", sorted(RANDOM))
@given(
    st.text(st.characters(categories=["L"]), min_size=1, max_size=25),
    st.text(st.characters(categories=["L"]), min_size=1, max_size=25),
    st.integers(0, 2**64),
)
def test_two_pages_that_differ_by_a_word_are_not_alike(kind: str, first: str, second: str, seed: int) -> None:
    words = [each.lower() for each in (first, second)]
    assume(words[0] != words[1])
    one, other = (
        likeness(answer(page(RANDOM[kind], Random(seed + at), says=f"No such {word}.")))
        for at, word in enumerate(words)
    )
    assert unlike(one, (other,))


@given(
    st.lists(st.sampled_from(PARTS), min_size=1, max_size=3),
    st.lists(st.sampled_from(PARTS), min_size=1, max_size=3),
)
def test_names_in_mixed_case_are_words(first: list[str], second: list[str]) -> None:
    names = ["HTML" + "".join(part[0].upper() + part[1:] for part in parts) for parts in (first, second)]
    assume(names[0] != names[1])
    one, other = (likeness(answer(f'{{"error":"{name}"}}')) for name in names)
    assert unlike(one, (other,))


def test_sixteen_octets_in_base64_are_taken_for_words_once_in_hundreds_only() -> None:
    lot = Random(16)
    bodies = [f'<input value="{b64encode(lot.randbytes(16)).decode()}">' for _ in range(3000)]
    usual = likeness(answer(f'<input value="{"0aB" * 7}==">'))
    assert sum(bool(unlike(likeness(answer(body)), (usual,))) for body in bodies) <= 10


def test_status_and_target_are_plain_and_values_in_the_target_are_not() -> None:
    usual = likeness(answer("", status=303, location="https://portal.example/login?id=12&again=1"))
    same = likeness(answer("", status=303, location="https://portal.example/login?id=97&again=1"))
    away = likeness(answer("", status=303, location="https://portal.example/blocked"))
    assert unlike(same, (usual,)) == frozenset()
    assert unlike(away, (usual,)) == {"leads /blocked"}
    assert "status 429" in unlike(likeness(answer("", status=429)), (usual,))


def test_cookies_and_headers_count_by_name() -> None:
    told = likeness(answer("", set_cookie="retry=1; Path=/", x_hint="a", date="now"))
    assert told.names == {"cookie retry", "x-hint"}


@given(st.text(), st.text(min_size=3, max_size=20))
def test_any_text_can_be_taken_apart(body: str, typed: str) -> None:
    told = likeness(answer(body), (typed,))
    assert unlike(told, (told,)) == frozenset()
