"""No value that may be secret survives becoming evidence."""

import secrets
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from launchready.evidence.redact import Redactor, subject

tokens = st.text(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=24, max_size=60
).filter(lambda t: any(c.isdigit() for c in t) and any(c.isalpha() for c in t))
HOST = "https://portal.test"


@given(tokens)
def test_tokens_in_query_path_and_userinfo_are_gone(token: str) -> None:
    redact = Redactor()
    for url in (
        f"{HOST}/reset/{token}",
        f"{HOST}/shared/{token}.pdf",
        f"{HOST}/reset?token={token}",
        f"{HOST}/reset?next=%2Fa&k={quote(token)}#{token}",
        f"https://ada:{token}@portal.test/",
    ):
        assert token not in redact.url(url)
        assert token not in subject(url)
        assert redact.url(url).startswith(HOST)


@given(tokens)
def test_header_and_cookie_values_are_fingerprints(token: str) -> None:
    redact = Redactor()
    for name, value in (
        ("Set-Cookie", f"session={token}; Path=/; Secure; HttpOnly"),
        ("X-Api-Key", token),
        ("Authorization", f"Bearer {token}"),
        ("Location", f"/next?ticket={token}"),
        ("Link", f"</a?key={token}>; rel=preload"),
        ("Refresh", f"0; url=/a?key={token}"),
        ("Content-Security-Policy", f"script-src 'nonce-{token}'"),
        ("ETag", token),
    ):
        assert token not in redact.header(name, value)


def test_what_judging_needs_is_kept() -> None:
    redact = Redactor()
    cookie = redact.header("set-cookie", "__Host-s=abc; Path=/; Secure; SameSite=Lax")
    assert cookie.startswith("__Host-s=~")
    assert cookie.endswith("; Path=/; Secure; SameSite=Lax")
    assert redact.header("strict-transport-security", "max-age=31536000") == "max-age=31536000"
    assert redact.url(f"{HOST}/help/how-to-change-your-password-in-three-steps?page=2").endswith(
        "steps?page=2"
    )
    assert redact.url(f"{HOST}/assets/app.0a1b2c3d4e5f60718293a4b5c6d7.js").endswith(".js")


def test_fingerprints_compare_within_a_run_and_not_between_runs() -> None:
    value = secrets.token_hex(16)
    one, other = Redactor(), Redactor()
    assert one.fingerprint(value) == one.fingerprint(value)
    assert one.fingerprint(value) != other.fingerprint(value)


def test_subjects_do_not_change_between_runs() -> None:
    url = f"{HOST}/orders/17?token=abc&page=2"
    assert subject(url) == f"{HOST}/orders/17?token=…&page=2"
