"""Plain http: what is a redirect, what refuses, and what is the portal itself in the clear. Also declared redirects."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.checks.https import redirect_map, redirects
from launchready.checks.https._addresses import place
from launchready.evidence import Missing
from launchready.evidence.http import Crawl, DeclaredRedirect, Exchange, Page, PlainHttp, RedirectMap, Trail
from launchready.verdict import Cause, Fail, NotApplicable, Pass, Unknown, Verdict

PLAIN, SECURE = "http://portal.example", "https://portal.example"
Headers = tuple[tuple[str, str], ...]
NGINX: Headers = (("server", "nginx"), ("content-type", "text/html"))
APP: Headers = (
    ("server", "nginx"),
    ("content-type", "text/html"),
    ("x-frame-options", "DENY"),
    ("x-request-id", "~1"),
    ("content-security-policy", "default-src 'self'"),
    ("referrer-policy", "no-referrer"),
)
GONE = Missing(Cause.UNREACHABLE, "nobody answered in time", "run the audit again")


def said(verdict: Verdict) -> str:
    assert isinstance(verdict, Fail)
    return " | ".join(finding.detail for finding in verdict.findings)


def exchange(
    url: str,
    status: int = 200,
    headers: Headers = (),
    *,
    size: int = 100,
    digest: str = "",
    method: str = "GET",
) -> Exchange:
    return Exchange(
        method, url, status, headers, size, truncated=False, digest=digest or f"~{url}", address="192.0.2.1"
    )


def secure(path: str, status: int = 200, headers: Headers = APP, size: int = 5000, digest: str = "") -> Page:
    return Page(exchange(SECURE + path, status, headers, size=size, digest=digest), path, "link")


def plain(path: str, status: int = 200, headers: Headers = NGINX, size: int = 150, digest: str = "") -> Trail:
    return Trail(
        PLAIN + path,
        "GET",
        (exchange(PLAIN + path, status, headers, size=size, digest=digest),),
        (),
        "answer",
    )


def led(path: str, *locations: str, status: int = 301, end: str = "answer", method: str = "GET") -> Trail:
    addresses = (PLAIN + path if path.startswith("/") else path, *locations)
    hops = [exchange(url, status, method=method) for url in addresses[:-1]]
    if end == "answer":
        hops.append(exchange(addresses[-1], method=method))
    return Trail(addresses[0], method, tuple(hops), tuple(locations), end)


def judged(*trails: Trail, pages: tuple[Page, ...] = ()) -> Verdict:
    twins = tuple(
        (page.url.replace(SECURE, PLAIN), page.exchange.status, page.exchange.digest) for page in pages
    )
    return redirects.judge(PlainHttp(trails, twins), Crawl(pages))


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/", "https://portal.example"),
        ("/", "https://PORTAL.example:443/"),
        ("/a", "https://portal.example/a/"),
        ("/a/", "https://portal.example/a"),
        ("/a%2fb", "https://portal.example/a%2Fb"),
        ("/%61?x=%7e", "https://portal.example/a?x=~"),
    ],
)
def test_spelling_makes_no_difference(path: str, location: str) -> None:
    assert isinstance(judged(led(path, location)), Pass)


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("https://www.portal.example/a?x=1", "another host"),
        ("https://portal.example/?x=1", "home page"),
        ("https://portal.example/A?x=1", "path is lost"),
        ("https://portal.example/a%2Fb?x=1", "path is lost"),
        ("https://portal.example/a", "query is lost"),
        ("https://portal.example/a?x=2", "query is lost"),
        ("http://portal.example/a/?x=1", "plain http again"),
        ("app://open", "no web address"),
        ("https://[broken/", "web address"),
        ("https://portal.example:8443/a?x=1", "port 8443"),
    ],
)
def test_a_first_hop_that_leads_elsewhere_fails(location: str, words: str) -> None:
    assert words in said(judged(led("/a?x=1", location), pages=(secure("/a?x=1"),)))


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_temporary_redirect_fails_by_name(status: int) -> None:
    assert str(status) in said(judged(led("/", f"{SECURE}/", status=status)))


@pytest.mark.parametrize("status", [200, 204, 206, 300, 304])
def test_what_answers_by_itself_fails(status: int) -> None:
    assert str(status) in said(judged(plain("/a", status), pages=(secure("/a", status),)))


def test_a_redirect_to_nowhere_fails() -> None:
    assert "where to go" in said(judged(plain("/a", 301)))


@pytest.mark.parametrize("status", [400, 403, 404, 405, 410, 421, 426, 451])
def test_a_listener_that_refuses_everything_is_sound(status: int) -> None:
    pages = (secure("/"), secure("/app", 302), secure("/no", 404), secure("/admin", 403))
    trails = tuple(plain(page.shape, status, digest="~generic") for page in pages)
    assert isinstance(judged(*trails, pages=pages), Pass)


def test_a_refusing_listener_may_share_a_generic_page_with_https() -> None:
    """The web server's own 403 for a folder looks the same on both sides; the listener still refuses everything."""
    pages = (secure("/"), secure("/files/", 403, NGINX, 150, "~generic"))
    trails = (plain("/", 403, digest="~generic"), plain("/files/", 403, digest="~generic"))
    assert isinstance(judged(*trails, pages=pages), Pass)


def test_an_api_may_refuse_where_pages_redirect() -> None:
    pages = (secure("/"), secure("/api/v1/x", 401))
    assert isinstance(judged(led("/", f"{SECURE}/"), plain("/api/v1/x", 403), pages=pages), Pass)


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_portal_that_refuses_strangers_on_both_sides_is_in_the_clear(status: int) -> None:
    pages = tuple(secure(path, status, APP, 900, "~refusal") for path in ("/", "/a"))
    trails = tuple(plain(path, status, APP, 900, "~refusal") for path in ("/", "/a"))
    assert "portal itself" in said(judged(*trails, pages=pages))


def test_a_token_in_the_page_does_not_hide_that_it_is_the_same() -> None:
    pages = (secure("/", 403, APP, 900, "~1"), secure("/a", 403, APP, 900, "~2"))
    trails = (plain("/", 403, NGINX, 900, "~3"), plain("/a", 403, NGINX, 900, "~4"))
    assert "portal itself" in said(judged(*trails, pages=pages))


def test_another_server_with_the_same_status_refuses() -> None:
    page = secure("/", 403, (("content-type", "application/json"), ("x-request-id", "~1")), 40)
    assert isinstance(judged(plain("/", 403), pages=(page,)), Pass)


def test_nearly_the_same_is_unknown() -> None:
    headers = tuple(h for h in APP if h[0] != "x-request-id")
    verdict = judged(plain("/", 403, headers, 901, "~1"), pages=(secure("/", 403, APP, 900, "~2"),))
    assert isinstance(verdict, Unknown)
    assert verdict.doubts[0].cause == Cause.AMBIGUOUS


@pytest.mark.parametrize(
    ("challenge", "kind"), [("Basic realm=x", Fail), ("Digest realm=x", Fail), ("Bearer", Pass), ("", Pass)]
)
def test_a_password_prompt_on_plain_http_fails(challenge: str, kind: type) -> None:
    headers = (*NGINX, ("www-authenticate", challenge)) if challenge else NGINX
    assert isinstance(judged(plain("/", 401, headers), pages=(secure("/"),)), kind)


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503])
def test_what_may_be_otherwise_next_time_is_unknown(status: int) -> None:
    assert isinstance(judged(plain("/", status), pages=(secure("/", status),)), Unknown)


def test_a_closed_port_is_sound_and_silence_is_not() -> None:
    closed = Trail(f"{PLAIN}/", "GET", (), (), "closed")
    silent = Trail(f"{PLAIN}/a", "GET", (), (), "missing", GONE)
    assert isinstance(judged(closed), Pass)
    assert isinstance(judged(closed, silent), Unknown)
    both = judged(silent, Trail(f"{PLAIN}/b", "GET", (), (), "missing", GONE))
    assert isinstance(both, Unknown)
    assert [doubt.subject for doubt in both.doubts] == [f"{PLAIN}/"]  # said once for the host


def test_chains_are_counted_by_scheme_and_host() -> None:
    good = led(
        "http://a.example/x", "https://a.example/x", f"{SECURE}/x", f"{SECURE}/login", f"{SECURE}/login/"
    )
    assert isinstance(judged(good), Pass)
    long = led("http://a.example/x", "https://a.example/x", "https://b.example/x", f"{SECURE}/x")
    assert "chain of 3" in said(judged(long))


def test_a_way_back_to_plain_http_fails_wherever_it_is() -> None:
    trail = led("/", f"{SECURE}/", f"{PLAIN}/x", f"{SECURE}/x")
    verdict = judged(trail)
    assert "back to plain http" in said(verdict)
    assert isinstance(verdict, Fail)
    assert f"{SECURE}/" in {finding.subject for finding in verdict.findings}
    page = secure("/old", 302, (("location", "http://partner.example/"),))
    assert "partner.example" in said(judged(led("/", f"{SECURE}/"), pages=(page,)))


def test_loops_fail_unless_a_cookie_may_end_them() -> None:
    loop = led("/", f"{SECURE}/", f"{SECURE}/", end="loop")
    assert "loop" in said(judged(loop))
    cookie = exchange(f"{SECURE}/", 302, (("set-cookie", "a=~1"),))
    assert isinstance(judged(Trail(loop.url, "GET", (loop.hops[0], cookie), loop.locations, "loop")), Unknown)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (led("/", f"{SECURE}/", method="HEAD"), Pass),
        (Trail(f"{PLAIN}/", "HEAD", (exchange(f"{PLAIN}/", 405),), (), "answer"), Pass),
        (Trail(f"{PLAIN}/", "HEAD", (exchange(f"{PLAIN}/", 200),), (), "answer"), Fail),
        (Trail(f"{PLAIN}/", "HEAD", (exchange(f"{PLAIN}/", 301),), (f"{SECURE}/x",), "answer"), Fail),
        (Trail(f"{PLAIN}/", "HEAD", (exchange(f"{PLAIN}/", 503),), (), "answer"), Unknown),
        (Trail(f"{PLAIN}/", "HEAD", (), (), "missing", GONE), Unknown),
    ],
)
def test_head_agrees_with_get(head: Trail, kind: type) -> None:
    assert isinstance(judged(led("/", f"{SECURE}/"), head), kind)


@pytest.mark.parametrize(
    ("status", "location", "kind"),
    [
        (308, f"{SECURE}/login", Pass),
        (302, f"{SECURE}/", Pass),
        (405, "", Pass),
        (200, "", Fail),
        (302, f"{PLAIN}/home", Fail),
        (422, "", Fail),
        (403, "", Unknown),
        (500, "", Unknown),
    ],
)
def test_forms_are_not_taken_on_plain_http(status: int, location: str, kind: type) -> None:
    post = Trail(
        f"{PLAIN}/login",
        "POST",
        (exchange(f"{PLAIN}/login", status),),
        (location,) if location else (),
        "answer",
    )
    assert isinstance(judged(led("/", f"{SECURE}/"), post), kind)


def test_a_portal_that_calls_itself_http_fails() -> None:
    start = Page(exchange(f"{PLAIN}/", 301, (("location", f"{SECURE}/"),)), "/", "start")
    assert "own address" in said(judged(led("/", f"{SECURE}/"), pages=(start,)))


def test_a_finding_names_each_address_and_one_cause_has_one_wording() -> None:
    verdict = judged(*(plain(f"/{n}") for n in range(300)))
    assert isinstance(verdict, Fail)
    assert len({finding.subject for finding in verdict.findings}) == 300
    assert len({finding.detail for finding in verdict.findings}) == 1


urls = st.from_regex(r"https?://[a-z]{1,5}\.example(:[0-9]{1,6})?/[ -~]{0,20}", fullmatch=True)


@given(
    st.lists(
        st.builds(
            lambda url, statuses, there, end: Trail(
                url,
                "GET",
                tuple(exchange(url, status) for status in statuses),
                tuple(there),
                end,
                GONE if end == "missing" else None,
            ),
            urls,
            st.lists(st.integers(100, 999), max_size=3),
            st.lists(urls | st.text(max_size=8), max_size=3),
            st.sampled_from(["answer", "loop", "too-long", "off-scope", "closed", "missing"]),
        ),
        max_size=4,
    )
)
def test_no_evidence_breaks_the_judges(trails: list[Trail]) -> None:
    judged(*trails)
    for trail in trails:
        redirect_map.judge(RedirectMap((DeclaredRedirect(trail.url, f"{SECURE}/", (trail,)),)))


@given(st.text(max_size=40))
def test_the_place_of_a_place_is_itself(path: str) -> None:
    once = place(f"https://portal.example/{path}")
    assert place(f"https://{once.host}{once.path}" + (f"?{once.query}" if once.query else "")) == once


OLD = "https://old.example/"


def mapped(*trails: Trail, source: str = OLD, target: str = f"{SECURE}/") -> Verdict:
    return redirect_map.judge(RedirectMap((DeclaredRedirect(source, target, trails),)))


@pytest.mark.parametrize(
    ("trail", "kind"),
    [
        (led(OLD, f"{SECURE}/"), Pass),
        (led(OLD, f"{SECURE}/", status=302), Pass),
        (led("http://old.example/", f"{SECURE}/"), Pass),
        (led(OLD, "https://www.old.example/", f"{SECURE}/"), Pass),
        (led(OLD, f"{SECURE}/", "https://sso.example/", end="off-scope"), Pass),
        (led(OLD, f"{SECURE}/welcome"), Fail),
        (led(OLD, "https://portal.example:8443/"), Fail),
        (led(OLD, f"{PLAIN}/"), Fail),
        (led(OLD, f"{PLAIN}/", f"{SECURE}/"), Fail),
        (led(OLD, "https://parking.example/", end="off-scope"), Fail),
        (led(OLD, OLD, end="loop"), Fail),
        (led(OLD, f"{SECURE}/", end="closed"), Fail),
        (Trail(OLD, "GET", (exchange(OLD),), (), "answer"), Fail),
        (Trail(OLD, "GET", (exchange(OLD, 404),), (), "answer"), Fail),
        (Trail(OLD, "GET", (exchange(OLD, 503),), (), "answer"), Unknown),
        (Trail(OLD, "GET", (), (), "closed"), Fail),
        (Trail("http://old.example/", "GET", (), (), "closed"), Pass),
        (Trail(OLD, "GET", (), (), "missing", GONE), Unknown),
    ],
)
def test_a_declared_redirect_arrives_or_not(trail: Trail, kind: type) -> None:
    assert isinstance(mapped(trail), kind)


def test_where_it_arrives_there_must_be_something() -> None:
    trail = Trail(OLD, "GET", (exchange(OLD, 301), exchange(f"{SECURE}/", 404)), (f"{SECURE}/",), "answer")
    assert "does not exist" in said(mapped(trail))


@pytest.mark.parametrize(
    ("target", "location", "kind"),
    [
        ("/new/*", "/new/a/b?kept=1", Pass),
        ("/new/*", "/new/a/b", Fail),
        ("/new/*", "/new/", Fail),
        ("/new/", "/new/", Pass),
        ("/new/", "/new/a/b?kept=1", Pass),
        ("/new/", "/other", Fail),
    ],
)
def test_a_star_carries_path_and_query_over(target: str, location: str, kind: Any) -> None:
    trail = led(f"{OLD}a/b?kept=1", SECURE + location)
    assert isinstance(mapped(trail, source=f"{OLD}*", target=SECURE + target), kind)


def test_without_declared_redirects_there_is_no_question() -> None:
    assert isinstance(redirect_map.judge(RedirectMap(())), NotApplicable)
    assert isinstance(mapped(), Unknown)
