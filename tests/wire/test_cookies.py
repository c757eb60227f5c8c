"""Set-Cookie and the jar, against RFC 6265bis."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.evidence.cookie_date import cookie_date
from launchready.evidence.public_suffix import is_public_suffix, registrable
from launchready.evidence.redact import Redactor
from launchready.evidence.set_cookie import parse_set_cookie, prefix_fault
from launchready.wire.cookies import Jar, default_path, domain_match, path_match

NOW = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
HOME = "https://portal.example.org/a/b"


def jar(*lines: str, url: str = HOME) -> Jar:
    made = Jar(lambda: NOW)
    made.store(url, lines)
    return made


def sent(made: Jar, url: str) -> str:
    return "; ".join(f"{each.name}={each.value}" for each in made.sent_to(url))


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("a=b", "a", "b"),
        (" a = b ; Path=/", "a", "b"),
        ("a=b=c", "a", "b=c"),
        ('a="b c"', "a", '"b c"'),
        ("a=", "a", ""),
        ("=b", "", "b"),
        ("b", "", "b"),
        ("a=b;;; ;", "a", "b"),
        ("a=é", "a", "é"),
    ],
)
def test_name_and_value(line: str, name: str, value: str) -> None:
    cookie = parse_set_cookie(line)
    assert cookie
    assert (cookie.name, cookie.value) == (name, value)


@pytest.mark.parametrize(
    "line", ["", ";", "=", " = ; Path=/", "a=b\x00", "a=b; Path=/\x07", "a=b\nX: y", "n" * 4097]
)
def test_what_browsers_ignore(line: str) -> None:
    assert parse_set_cookie(line) is None


def test_a_tab_is_no_control_character_here() -> None:
    assert parse_set_cookie("a=b;\tSecure")


def test_lengths() -> None:
    assert parse_set_cookie("n=" + "v" * 4095)
    assert parse_set_cookie("n=" + "v" * 4096) is None
    cookie = parse_set_cookie(f"n=v; Path=/{'p' * 1023}; Domain={'d' * 1025}")
    assert cookie
    assert len(cookie.path) == 1024
    assert cookie.domain == ""


def test_every_attribute_is_kept_in_order_as_it_was_sent() -> None:
    cookie = parse_set_cookie("a=b; Path=/x;secure; Priority = High ;HTTPONLY; path=/y; Partitioned")
    assert cookie
    assert cookie.attributes == (
        ("Path", "/x"),
        ("secure", ""),
        ("Priority", "High"),
        ("HTTPONLY", ""),
        ("path", "/y"),
        ("Partitioned", ""),
    )
    assert (cookie.path, cookie.secure, cookie.http_only, cookie.partitioned) == ("/y", True, True, True)


@pytest.mark.parametrize(
    ("said", "means"),
    [("", "Default"), ("; SameSite", "Default"), ("; SameSite=lAx", "Lax"), ("; samesite=STRICT", "Strict"),
     ("; SameSite=None", "None"), ("; SameSite=Sometimes", "Default"), ("; SameSite=None; SameSite=Lax", "Lax")],
)  # fmt: skip
def test_same_site(said: str, means: str) -> None:
    cookie = parse_set_cookie("a=b" + said)
    assert cookie
    assert cookie.same_site == means


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("", None), ("; Max-Age=60", 60), ("; Max-Age=-1", -1), ("; Max-Age=+60", None), ("; Max-Age=6 0", None),
     ("; Max-Age=", None), ("; Max-Age=60; Max-Age=x", 60), ("; Max-Age=" + "9" * 400, 10**18)],
)  # fmt: skip
def test_max_age(said: str, seconds: int | None) -> None:
    cookie = parse_set_cookie("a=b" + said)
    assert cookie
    assert cookie.max_age == seconds


def test_max_age_wins_over_expires() -> None:
    cookie = parse_set_cookie("a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60")
    assert cookie
    assert not cookie.deletes(NOW)
    assert cookie.expiry(NOW) == NOW + timedelta(seconds=60)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Thu, 26 Nov 2026 10:00:00 GMT", (2026, 11, 26, 10, 0, 0)),
        ("Thu, 26-Nov-26 10:00:00 GMT", (2026, 11, 26, 10, 0, 0)),
        ("Thu Nov 26 10:00:00 2026", (2026, 11, 26, 10, 0, 0)),
        ("26 November 99 1:2:3", (1999, 11, 26, 1, 2, 3)),
        ("01 jan 69 00:00:00", (2069, 1, 1, 0, 0, 0)),
        ("31 Feb 2026 10:00:00", None),
        ("26 Nov 2026 24:00:00", None),
        ("26 Nov 1600 10:00:00", None),
        ("26 Nov 2026", None),
        ("tomorrow", None),
    ],
)
def test_dates(text: str, moment: tuple[int, ...] | None) -> None:
    found = cookie_date(text)
    assert (tuple(found.timetuple()[:6]) if found else None) == moment


@pytest.mark.parametrize(
    ("line", "broken"),
    [
        ("__Host-a=b; Secure; Path=/", False),
        ("__Host-a=b; Secure", True),
        ("__Host-a=b; Path=/", True),
        ("__host-a=b; Secure; Path=/x", True),
        ("__HOST-a=b; Secure; Path=/; Domain=portal.example.org", True),
        ("__Secure-a=b; Secure; Domain=example.org", False),
        ("__sEcUrE-a=b", True),
        ("__Hosta=b", False),
        ("=__Host-a", True),
        ("__Secure-", True),
    ],
)
def test_prefixes(line: str, *, broken: bool) -> None:
    cookie = parse_set_cookie(line)
    assert cookie
    assert bool(prefix_fault(cookie)) is broken
    assert (len(jar(line).cookies()) == 0) is broken


def test_a_redacted_header_reads_the_same_but_for_its_value() -> None:
    redact = Redactor()
    raw = "sid= s3cret ; Path=/; Secure; Max-Age=60; Domain=.Example.org"
    shown = redact.header("set-cookie", raw)
    first, second = parse_set_cookie(raw), parse_set_cookie(shown)
    assert first
    assert second
    assert "s3cret" not in shown
    assert second.attributes == first.attributes
    assert second.value == redact.fingerprint(first.value)


def test_a_cookie_without_a_name_leaves_nothing_in_the_evidence() -> None:
    assert "s3cret" not in Redactor().header("set-cookie", "s3cret; Path=/")


@pytest.mark.parametrize(
    ("domain", "public"),
    [("com", True), ("co.uk", True), ("github.io", True), ("test", True), ("example.org", False),
     ("portal.lab.test", False), ("192.0.2.1", False), ("::1", False)],
)  # fmt: skip
def test_public_suffixes(domain: str, *, public: bool) -> None:
    assert is_public_suffix(domain) is public


@pytest.mark.parametrize(
    ("host", "domain"),
    [("a.b.co.uk", "b.co.uk"), ("portal.lab.test", "lab.test"), ("co.uk", ""), ("x.github.io", "x.github.io"),
     ("127.0.0.1", ""), ("localhost", "")],
)  # fmt: skip
def test_registrable(host: str, domain: str) -> None:
    assert registrable(host) == domain


@pytest.mark.parametrize(
    ("line", "url", "kept"),
    [
        ("a=b", HOME, True),
        ("a=b; Domain=example.org", HOME, True),
        ("a=b; Domain=.example.org", HOME, True),
        ("a=b; Domain=PORTAL.example.ORG", HOME, True),
        ("a=b; Domain=other.example.org", HOME, False),
        ("a=b; Domain=ample.org", HOME, False),
        ("a=b; Domain=org", HOME, False),
        ("a=b; Domain=github.io", "https://x.github.io/", False),
        ("a=b; Domain=github.io", "https://github.io/", True),
        ("a=b; Domain=0.2.1", "https://192.0.2.1/", False),
        ("a=b; Secure", "http://portal.example.org/", False),
        ("a=b; Secure", "http://localhost/", True),
        ("a=b; SameSite=None", HOME, False),
        ("a=b; SameSite=None; Secure", HOME, True),
        ("a=b; Partitioned", HOME, False),
        ("a=b; Max-Age=0", HOME, False),
        ("a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT", HOME, False),
        ("a=b; Expires=nonsense", HOME, True),
    ],
)
def test_what_is_kept(line: str, url: str, *, kept: bool) -> None:
    assert bool(jar(line, url=url).cookies()) is kept


def test_host_only_cookies_stay_with_their_host() -> None:
    made = jar("own=1; Path=/", "wide=2; Path=/; Domain=example.org")
    assert sent(made, "https://portal.example.org/") == "own=1; wide=2"
    assert sent(made, "https://sub.portal.example.org/") == "wide=2"
    assert sent(made, "https://example.org/") == "wide=2"
    assert sent(made, "https://badexample.org/") == ""


def test_secure_cookies_stay_on_https() -> None:
    made = jar("s=1; Path=/; Secure", "p=2; Path=/")
    assert sent(made, "http://portal.example.org/") == "p=2"


def test_plain_http_cannot_shadow_a_secure_cookie() -> None:
    made = jar("s=1; Path=/; Secure")
    made.store("http://portal.example.org/", ["s=2; Path=/"])
    made.store("http://portal.example.org/", ["s=3; Domain=example.org; Path=/x"])
    assert [each.value for each in made.cookies()] == ["1"]


def test_longer_paths_come_first_then_older_ones() -> None:
    made = jar("a=1; Path=/", "b=2; Path=/a", "c=3; Path=/", "b=4; Path=/")
    assert sent(made, HOME) == "b=2; a=1; c=3; b=4"


def test_a_replaced_cookie_keeps_its_place() -> None:
    made = jar("a=1; Path=/", "b=2; Path=/", "a=3; Path=/")
    assert sent(made, HOME) == "a=3; b=2"


def test_deleting_needs_the_same_path_and_domain() -> None:
    made = jar("a=1; Path=/a", "a=; Path=/; Max-Age=0")
    assert sent(made, HOME) == "a=1"
    made.store(HOME, ["a=; Path=/a; Max-Age=0"])
    assert sent(made, HOME) == ""


def test_expired_cookies_are_not_sent_and_long_ones_are_cut() -> None:
    moment = [NOW]
    made = Jar(lambda: moment[0])
    made.store(HOME, ["short=1; Path=/; Max-Age=60", "long=2; Path=/; Max-Age=99999999999"])
    assert sent(made, HOME) == "short=1; long=2"
    assert made.cookies()[1].expires == NOW + timedelta(days=400)
    moment[0] = NOW + timedelta(seconds=61)
    assert sent(made, HOME) == "long=2"
    moment[0] = NOW + timedelta(days=401)
    assert sent(made, HOME) == ""


@pytest.mark.parametrize(
    ("path", "default"), [("/", "/"), ("/a", "/"), ("/a/", "/a"), ("/a/b", "/a"), ("", "/"), ("x", "/")]
)
def test_default_paths(path: str, default: str) -> None:
    assert default_path(path) == default


@pytest.mark.parametrize(
    ("path", "cookie_path", "fits"),
    [
        ("/a", "/a", True),
        ("/a/b", "/a", True),
        ("/ab", "/a", False),
        ("/a/b", "/a/", True),
        ("/a", "/a/", False),
    ],
)
def test_path_match(path: str, cookie_path: str, *, fits: bool) -> None:
    assert path_match(path, cookie_path) is fits


@pytest.mark.parametrize(
    ("host", "domain", "fits"),
    [("a.b", "a.b", True), ("x.a.b", "a.b", True), ("xa.b", "a.b", False), ("1.2.3.4", "3.4", False)],
)
def test_domain_match(host: str, domain: str, *, fits: bool) -> None:
    assert domain_match(host, domain) is fits


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(TEXT)
def test_parsing_never_raises_and_keeps_no_control_character(line: str) -> None:
    cookie = parse_set_cookie(line)
    if cookie is not None:
        assert cookie.name or cookie.value
        assert cookie.name == cookie.name.strip(" \t")
        assert ";" not in cookie.name + cookie.value
        cookie.expiry(NOW)
        prefix_fault(cookie)


@given(TEXT)
def test_dates_never_raise(text: str) -> None:
    found = cookie_date(text)
    assert found is None or found.year >= 1601


NAMES = st.text("abcdefgh", min_size=1, max_size=4)
ATTRIBUTES = st.lists(
    st.sampled_from(
        ["Secure", "HttpOnly", "Path=/", "Path=/a", "Domain=example.org", "SameSite=None", "Max-Age=5"]
    )
)


@given(st.lists(st.tuples(NAMES, NAMES, ATTRIBUTES), max_size=12), st.sampled_from(["https", "http"]))
def test_whatever_is_sent_was_set_and_belongs_there(made: list[Any], scheme: str) -> None:
    lines = ["; ".join((f"{name}={value}", *attributes)) for name, value, attributes in made]
    given_values = {(name, value) for name, value, _ in made}
    held = jar(*lines)
    for cookie in held.sent_to(f"{scheme}://portal.example.org/a"):
        assert (cookie.name, cookie.value) in given_values
        assert scheme == "https" or not cookie.secure
    keys = [cookie.key for cookie in held.cookies()]
    assert len(keys) == len(set(keys))


@given(NAMES, NAMES, ATTRIBUTES)
def test_setting_twice_is_setting_once(name: str, value: str, attributes: list[str]) -> None:
    line = "; ".join((f"{name}={value}", *attributes))
    assert jar(line, line).cookies() == jar(line).cookies()
