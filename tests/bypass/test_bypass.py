"""Guards that are written wrongly, and sound ones that only look so, on a portal on loopback."""

import secrets
from collections.abc import Callable
from typing import Any

import pytest

from launchready.checks.auth.bypass import judge
from launchready.collect.bypass import bypass
from launchready.collect.people.protected import protected_routes
from launchready.verdict import Fail, Pass, Unknown
from launchready.wire import Touch

INSIDE = ("/profile", "/invoices", "/api/invoices", "/api/me", "/api/status")
Run = Callable[..., Any]


async def looked(run: Run, portal: Any, *paths: str, **named: Any) -> Any:
    names = named.pop("names", ("nora",))
    public = named.pop("public", ("/", "/help"))
    async with run(portal, **named) as harbour:
        crawl = await harbour.crawl(*(paths or INSIDE), names=names, public=public)
        return await bypass(harbour.wire, harbour.site, harbour.people, crawl, harbour.sessions(*names))


async def test_what_a_stranger_is_not_shown_is_protected_and_a_greeting_protects_nothing(
    run: Run, tools: Any
) -> None:
    async with run(tools.Portal()) as harbour:
        crawl = await harbour.crawl(*INSIDE)
        routes = await protected_routes(harbour.people, "nora", crawl, 10)
        assert {route.url.removeprefix(harbour.url) for route in routes} == {
            "/profile",
            "/invoices",
            "/api/invoices",
            "/api/me",
        }
        again = await harbour.people.stranger().fetch("GET", harbour.url + "/invoices")
        assert not any(route.shows(again) for route in routes)


async def test_a_sound_portal_passes(run: Run, tools: Any) -> None:
    found = await looked(run, tools.Portal())
    verdict = judge(found)
    assert isinstance(verdict, Pass), verdict
    assert {trial.kind for trial in found.trials} >= {
        "random cookie",
        "changed cookie",
        "rewrite header",
        "user header",
    }


async def test_without_consent_nothing_is_forged_and_the_rest_is_judged(run: Run, tools: Any) -> None:
    portal = tools.Portal()
    found = await looked(run, portal, consent=Touch.SIGN_IN)
    assert found.trials == ()
    assert len(found.guarded) == 4
    assert isinstance(judge(found), Unknown)
    assert not [each for each in portal.asked if each.method != "GET"]


def kinds(found: Any) -> set[str]:
    return {trial.kind for trial in found.trials if trial.shows or trial.as_other}


# Ways to be let in without any session.


def _decoded(path: str) -> str:
    from urllib.parse import unquote

    return unquote(path)


TRICKS: dict[str, Callable[[Any, Any], str]] = {
    "path with a slash at the end": lambda r, _t: r.path.rstrip("/") if r.path.endswith("/") else "",
    "path with two slashes": lambda r, _t: r.path[1:] if r.path.startswith("//") else "",
    "path with a parameter after ;": lambda r, _t: (
        r.path.partition(";")[0] if ";" in r.path[1:] and ".." not in r.path else ""
    ),
    "path with another case": lambda r, _t: (
        r.path.lower() if r.path[1:2].isupper() and not r.path.isupper() else ""
    ),
    "path with an encoded letter": lambda r, _t: _decoded(r.path) if "%6" in r.path or "%7" in r.path else "",
    "path with a dot segment": lambda r, _t: r.path[2:] if r.path.startswith("/./") else "",
    "path with an encoded dot segment": lambda r, _t: r.path[4:] if r.path.startswith("/%2e/") else "",
    "path with a way back from a public folder": lambda r, _t: (
        r.path[10:] if r.path.startswith("/static/../") else ""
    ),
    "path with an ending": lambda r, _t: r.path.removesuffix(".json") if r.path.endswith(".json") else "",
    "rewrite header": lambda r, _t: r.headers.get("x-original-url", ""),
    "address header": lambda r, _t: r.path if r.headers.get("x-forwarded-for") == "127.0.0.1" else "",
    "host header": lambda r, _t: r.path if r.headers.get("x-forwarded-host") == "localhost" else "",
    "method override": lambda r, _t: r.path if r.headers.get("x-http-method-override") == "GET" else "",
    "unknown method": lambda r, _t: r.path if r.method not in ("GET", "POST", "HEAD") else "",
    "user header": lambda r, t: r.path if r.headers.get("x-forwarded-user") == t.MAIL["nora"] else "",
    "user in the query": lambda r, t: r.path if r.query.get("user") == t.MAIL["nora"] else "",
}


@pytest.mark.parametrize("kind", TRICKS)
async def test_a_guard_that_can_be_walked_around_is_found_by_what_it_shows(
    run: Run, tools: Any, kind: str
) -> None:
    portal = tools.Portal()

    def around(request: Any) -> Any:
        path = TRICKS[kind](request, tools)
        if path in ("/profile", "/invoices", "/api/invoices", "/api/me"):
            request.path = path
            return portal.inside(request, "nora")
        return None

    portal.around = around
    found = await looked(run, portal)
    assert kinds(found) == {kind}
    verdict = judge(found)
    assert isinstance(verdict, Fail)
    assert all(f"({kind})" in finding.subject for finding in verdict.findings)
    assert all("curl" in finding.detail for finding in verdict.findings)


async def test_of_several_headers_the_one_that_lets_in_is_named(run: Run, tools: Any) -> None:
    portal = tools.Portal()
    portal.around = lambda r: (
        portal.inside(r, "nora") if "x-real-ip" in r.headers and r.path == "/invoices" else None
    )
    verdict = judge(await looked(run, portal))
    assert isinstance(verdict, Fail)
    assert "X-Real-IP: 127.0.0.1" in verdict.findings[0].detail
    assert "X-Forwarded-For" not in verdict.findings[0].detail


# Routes without a guard.


async def test_an_api_route_without_guard_that_shows_what_its_page_guards(run: Run, tools: Any) -> None:
    portal = tools.Portal()
    portal.around = lambda r: portal.inside(r, "nora") if r.path == "/api/invoices" else None
    for consent in (Touch.SIGN_IN, Touch.PROBE):
        verdict = judge(await looked(run, portal, consent=consent))
        assert isinstance(verdict, Fail)
        assert [f.subject.endswith("/api/invoices (no session)") for f in verdict.findings] == [True]


async def test_a_redirect_that_still_carries_the_page_is_no_guard(run: Run, tools: Any) -> None:
    portal = tools.Portal()

    def around(request: Any) -> Any:
        if request.path == "/api/invoices" and not portal.who(request):
            return (
                302,
                {"Location": "/login", "Content-Type": "application/json"},
                portal.inside(request, "nora")[2],
            )
        return None

    portal.around = around
    assert isinstance(judge(await looked(run, portal)), Fail)


async def test_a_file_of_a_record_without_guard(run: Run, tools: Any) -> None:
    portal = tools.Portal()

    def around(request: Any) -> Any:
        if request.path == "/files/17.pdf":
            return 200, {"Content-Type": "application/pdf"}, b"%PDF-1.4 \x00 of nora"
        return None

    portal.around = around
    verdict = judge(await looked(run, portal, *INSIDE, "/files/17.pdf"))
    assert isinstance(verdict, Pass), "no record stands above it"

    def below(request: Any) -> Any:
        if request.path == "/invoices/17/pdf":
            return 200, {"Content-Type": "application/pdf"}, b"%PDF-1.4 \x00 of nora"
        return None

    portal.around = below
    verdict = judge(await looked(run, portal, *INSIDE, "/invoices/17/pdf"))
    assert isinstance(verdict, Fail)
    assert verdict.findings[0].subject.endswith("/invoices/{}/pdf (no session)")


# Cookies.


async def test_a_cookie_that_is_the_user_name(run: Run, tools: Any) -> None:
    portal = tools.Portal(
        who=lambda r: r.cookies.get("user", ""), session=lambda user: (("Cookie", f"user={user}"),)
    )
    found = await looked(run, portal, names=("nora", "sol"))
    assert kinds(found) == {"changed cookie"}
    assert isinstance(judge(found), Fail)


async def test_a_cookie_with_a_payload_whose_signature_nobody_verifies(run: Run, tools: Any) -> None:
    import base64
    import json

    users = {3: "nora", 4: "sol"}

    def cookie(user: str) -> str:
        number = next(n for n, name in users.items() if name == user)
        return (
            base64.urlsafe_b64encode(json.dumps({"uid": number}).encode()).decode().rstrip("=")
            + ".c2lnbmF0dXJlLW9mLWl0"
        )

    def who(request: Any) -> str:
        text = request.cookies.get("session", "").partition(".")[0]
        try:
            return users.get(json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))["uid"], "")
        except ValueError:
            return ""

    portal = tools.Portal(who=who, session=lambda user: (("Cookie", f"session={cookie(user)}"),))
    found = await looked(run, portal)
    assert kinds(found) == {"changed cookie", "cookie with another signature"}
    assert {carrier.form for carrier in found.carriers} == {"readable and signed"}


async def test_any_cookie_will_do(run: Run, tools: Any) -> None:
    portal = tools.Portal(who=lambda r: "nora" if r.cookies.get("sid") else "")
    assert kinds(await looked(run, portal)) == {"random cookie"}


async def test_a_cookie_of_which_a_part_says_something_else_is_sound(run: Run, tools: Any) -> None:
    """The middle is a language, say: that it may be changed opens nothing."""
    secret = "Zk3dQ9xLw02mTb7R"
    portal = tools.Portal(
        who=lambda r: "nora" if r.cookies.get("sid", "").startswith(secret[:12]) else "",
        session=lambda _user: (("Cookie", f"sid={secret}.en-GB-wide-grid-view"),),
    )
    assert isinstance(judge(await looked(run, portal)), Pass)


async def test_a_forged_token_beside_the_cookie_that_decides_is_sound(run: Run, tools: Any) -> None:
    """A token in a cookie is needed to be there, for a banner; the session is another cookie."""
    portal = tools.Portal(
        session=lambda user: (("Cookie", f"sid={tools.sid_of(user)}; hint={tools.token(user)}"),)
    )
    assert isinstance(judge(await looked(run, portal)), Pass)


async def test_an_opaque_cookie_that_reads_like_armoured_json_is_sound(run: Run, tools: Any) -> None:
    """What it says may be changed, but the server looks it up as a whole."""
    import base64

    value = base64.b64encode(b'{"user_id": 3, "seed": "kq8w1"}').decode()
    portal = tools.Portal(
        who=lambda r: "nora" if r.cookies.get("sid") == value else "",
        session=lambda _user: (("Cookie", f"sid={value}"),),
    )
    assert isinstance(judge(await looked(run, portal)), Pass)


async def test_a_field_that_does_not_decide_may_be_changed(run: Run, tools: Any) -> None:
    """A cookie names the user for the greeting alone; who it is comes from the session, and the page stays ours."""
    portal = tools.Portal(session=lambda user: (("Cookie", f"sid={tools.sid_of(user)}; login_id=3"),))
    assert isinstance(judge(await looked(run, portal)), Pass)


# What is public, or only looks as if it let somebody in.


def shell(tools: Any, request: Any) -> Any:
    """A single-page application: the same page for every address."""
    page = tools.page("<div id=app>Loading the portal, one moment please</div>")
    return None if request.path.startswith("/api/") else page


def login_with_200(tools: Any, request: Any) -> Any:
    user = tools.SIDS.get(request.cookies.get("sid", ""))
    public = request.path in ("/", "/help", "/login", "/api/status")
    page = tools.page("<h1>Sign in to see your invoices</h1><form method=post></form>")
    return None if user or public else page


def any_case_and_slash(tools: Any, request: Any) -> Any:
    request.path = request.path.lower().rstrip("/") or "/"


def optional(tools: Any, request: Any) -> Any:
    if request.path != "/api/me":
        return None
    user = tools.SIDS.get(request.cookies.get("sid", ""))
    common = {"version": "4.2", "region": "north", "locale": "en", "support": "help@harbour.test"}
    you = {"user": {"email": tools.MAIL[user], "member_since": "2019-04-02"}} if user else {}
    return tools.data({**common, **you})


def nonces(tools: Any, request: Any) -> Any:
    text = f"<h1>Help</h1><p>Request {secrets.token_hex(4)} of today</p><p>We answer within two working days.</p>"
    return tools.page(text) if request.path == "/help" else None


def soft_404(tools: Any, request: Any) -> Any:
    known = ("/", "/help", "/login", "/profile", "/invoices")
    is_known = request.path in known or request.path.startswith("/api/")
    return None if is_known else tools.page("<h1>Nothing here</h1>")


def slash_leads_to_login(tools: Any, request: Any) -> Any:
    return tools.away("/login") if request.path.endswith("/") and request.path != "/" else None


@pytest.mark.parametrize(
    "around", [shell, login_with_200, any_case_and_slash, optional, nonces, soft_404, slash_leads_to_login]
)
async def test_sound_portals_that_look_otherwise(
    run: Run, tools: Any, around: Callable[[Any, Any], Any]
) -> None:
    found = await looked(run, tools.Portal(around=lambda request: around(tools, request)))
    assert isinstance(judge(found), Pass), judge(found)


async def test_a_public_interface_that_no_page_links_is_not_accused(run: Run, tools: Any) -> None:
    portal = tools.Portal()
    news = [{"title": "We are closed on the first of May", "text": "Back on Monday with new ropes."}]

    def around(request: Any) -> Any:
        if request.path == "/api/news":
            return tools.data(news)
        user = tools.SIDS.get(request.cookies.get("sid", ""))
        if request.path == "/dashboard" and user:
            return tools.page(
                "".join(f"<h2>{n['title']}</h2><p>{n['text']}</p>" for n in news)
                + f"<p>{tools.INVOICES[user][0]}</p>",
                user=tools.MAIL[user],
            )
        return None

    portal.around = around
    verdict = judge(await looked(run, portal, *INSIDE, "/api/news", "/dashboard"))
    assert isinstance(verdict, Pass)
    assert any("/api/news" in each.detail for each in verdict.seen)


async def test_what_public_pages_show_is_no_secret_of_a_guarded_page(run: Run, tools: Any) -> None:
    goods = "<h2>Winter storage for boats</h2><p>Mast inspection by crane</p>"

    def around(request: Any) -> Any:
        user = tools.SIDS.get(request.cookies.get("sid", ""))
        if request.path == "/products":
            return tools.page(goods)
        if request.path == "/api/products":
            return tools.data([{"title": "Winter storage for boats"}, {"title": "Mast inspection by crane"}])
        if request.path == "/account/products" and user:
            return tools.page(
                f"<h1>You bought</h1>{goods}<p>on 2026-02-03, {tools.INVOICES[user][0]}</p>",
                user=tools.MAIL[user],
            )
        return None

    portal = tools.Portal(around=around)
    public = ("/", "/help", "/products")
    found = await looked(run, portal, *INSIDE, "/api/products", "/account/products", public=public)
    assert isinstance(judge(found), Pass), judge(found)


async def test_a_shared_link_is_a_key_of_its_own(run: Run, tools: Any) -> None:
    path = "/invoices/shared/q8Zk3dQ9xLw02mTb7RfVhYpA81BcD2eF"
    portal = tools.Portal()
    portal.around = lambda r: (
        tools.page("".join(f"<p>{each}</p>" for each in tools.INVOICES["nora"])) if r.path == path else None
    )
    assert isinstance(judge(await looked(run, portal, *INSIDE, path)), Pass)


async def test_what_turns_public_meanwhile_is_no_merit_of_a_trick(run: Run, tools: Any) -> None:
    """A cache that keeps what an owner was shown: found, and said as what it is."""
    portal = tools.Portal()
    kept: list[Any] = []

    def around(request: Any) -> Any:
        if request.path != "/invoices" or len(portal.asked) < 60:
            return None
        kept.append(request)
        return portal.inside(request, "nora")

    portal.around = around
    found = await looked(run, portal)
    if kept and kinds(found):
        assert kinds(found) == {"no session"}


async def test_an_answer_of_a_hung_up_front_end_is_a_refusal(run: Run, tools: Any) -> None:
    def around(request: Any) -> Any:
        if request.method == "LAUNCHREADY" or ".." in request.path:
            raise ConnectionError
        return None

    assert isinstance(judge(await looked(run, tools.Portal(around=around))), Pass)


async def test_nothing_secret_stands_in_evidence_or_journal(run: Run, tools: Any, loopback: Any) -> None:
    import msgspec

    found = await looked(run, tools.Portal(), names=("nora", "sol"))
    written = msgspec.json.encode(found).decode() + loopback.journal.getvalue()
    for secret in (*tools.SIDS, *tools.MAIL.values(), *tools.INVOICES["nora"]):
        assert secret not in written


async def test_three_rounds_give_the_same_verdict(run: Run, tools: Any) -> None:
    portal = tools.Portal(
        who=lambda r: r.cookies.get("user", ""), session=lambda user: (("Cookie", f"user={user}"),)
    )
    verdicts = {
        str(
            [
                f.subject.rpartition(":")[2][5:]
                for f in judge(await looked(run, portal, names=("nora", "sol"))).findings
            ]
        )
        for _ in range(3)
    }
    assert len(verdicts) == 1


# Tokens.


def bearing(tools: Any, who: Callable[[str], str], **named: Any) -> Any:
    return tools.Portal(
        who=lambda r: who(r.bearer),
        session=lambda user: (("Authorization", f"Bearer {tools.token(user, **named)}"),),
    )


async def test_tokens_that_are_verified_pass(run: Run, tools: Any) -> None:
    found = await looked(run, bearing(tools, tools.verified))
    assert isinstance(judge(found), Pass), judge(found)
    assert {trial.kind for trial in found.trials} >= {
        "unsigned token",
        "unverified token",
        "token of a foreign key",
        "token of an empty key",
        "cut token",
        "token in the query",
    }
    (carrier,) = found.carriers
    assert (carrier.form, carrier.algorithm, carrier.key_known) == ("json web token", "HS256", False)


def guards(tools: Any) -> dict[str, Callable[[str], str]]:
    def none_accepted(text: str) -> str:
        found = tools.read(text)
        return found[1]["sub"] if found and found[0]["alg"].lower() == "none" else tools.verified(text)

    def unverified(text: str) -> str:
        found = tools.read(text)
        return found[1]["sub"] if found and found[0]["alg"] == "HS256" else ""

    def empty_key(text: str) -> str:
        found = tools.read(text)
        path = str(found[0].get("kid")) if found else ""
        return tools.verified(text, key=b"" if "dev/null" in path else tools.KEY)

    return {
        "unsigned token": none_accepted,
        "unverified token": unverified,
        "token of an empty key": empty_key,
    }


@pytest.mark.parametrize("kind", ["unsigned token", "unverified token", "token of an empty key"])
async def test_a_token_that_is_not_verified_is_found(run: Run, tools: Any, kind: str) -> None:
    found = await looked(run, bearing(tools, guards(tools)[kind]))
    assert kind in kinds(found)
    if kind != "unverified token":
        assert kinds(found) == {kind}
    assert isinstance(judge(found), Fail)


async def test_a_key_that_is_a_well_known_word_is_found_off_line_and_proved(run: Run, tools: Any) -> None:
    weak = b"your-256-bit-secret"
    portal = bearing(tools, lambda text: tools.verified(text, key=weak), key=weak)
    found = await looked(run, portal)
    assert kinds(found) == {"token of a well-known key"}
    assert found.carriers[0].key_known
    forged = {request.bearer for request in portal.asked if request.bearer}
    assert len(forged) < 60, "the words are tried off line"


async def test_a_refresh_token_is_no_access_token(run: Run, tools: Any) -> None:
    refresh = tools.token("nora", aud="refresh")
    portal = bearing(tools, lambda text: tools.verified(text) or tools.verified(text, audience="refresh"))
    assert kinds(await looked(run, portal, refresh_token=refresh)) == {"refresh token"}
    sound = bearing(tools, tools.verified)
    assert isinstance(judge(await looked(run, sound, refresh_token=refresh)), Pass)


async def test_with_a_known_key_it_is_seen_what_else_is_not_checked(run: Run, tools: Any) -> None:
    weak = b"secret"

    def signature_only(text: str) -> str:
        found = tools.read(text)
        return str(found[1]["sub"]) if found and tools.signed(text, weak) else ""

    found = await looked(run, bearing(tools, signature_only, key=weak))
    assert kinds(found) == {
        "token of a well-known key", "expired token", "token for another service", "token of another issuer",
    }  # fmt: skip


async def test_a_token_in_a_cookie_is_forged_there(run: Run, tools: Any) -> None:
    def who(request: Any) -> str:
        return guards(tools)["unsigned token"](request.cookies.get("token", ""))

    portal = tools.Portal(who=who, session=lambda user: (("Cookie", f"token={tools.token(user)}"),))
    assert kinds(await looked(run, portal)) == {"unsigned token"}
    sound = tools.Portal(
        who=lambda r: tools.verified(r.cookies.get("token", "")),
        session=lambda user: (("Cookie", f"token={tools.token(user)}"),),
    )
    assert isinstance(judge(await looked(run, sound)), Pass)


async def test_the_published_key_is_no_shared_one(run: Run, tools: Any) -> None:
    """RS256 turned into HS256 with the public key as the secret, which naive libraries take."""
    import hmac
    import json

    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import padding, rsa

    pair = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    numbers = pair.public_key().public_numbers()
    pem = pair.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    jwk = {
        "kty": "RSA",
        "kid": "k1",
        "e": tools.armoured(numbers.e.to_bytes(3, "big")),
        "n": tools.armoured(numbers.n.to_bytes(256, "big")),
    }

    def issue(user: str) -> str:
        signed = ".".join(
            tools.armoured(json.dumps(each).encode())
            for each in ({"alg": "RS256", "kid": "k1"}, {"sub": user, "exp": 4_000_000_000})
        )
        return f"{signed}.{tools.armoured(pair.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256()))}"

    def checked(text: str, *, confused: bool) -> str:
        found = tools.read(text)
        if found is None:
            return ""
        head, payload, signed, signature = found
        if head["alg"] == "RS256":
            try:
                pair.public_key().verify(signature, signed.encode(), padding.PKCS1v15(), hashes.SHA256())
            except InvalidSignature:
                return ""
            return str(payload["sub"])
        if (
            confused
            and head["alg"] == "HS256"
            and hmac.compare_digest(hmac.new(pem, signed.encode(), "sha256").digest(), signature)
        ):
            return str(payload["sub"])
        return ""

    for confused in (True, False):
        portal = tools.Portal(
            who=lambda r, confused=confused: checked(r.bearer, confused=confused),
            session=lambda user: (("Authorization", f"Bearer {issue(user)}"),),
            around=lambda r: tools.data({"keys": [jwk]}) if r.path == "/.well-known/jwks.json" else None,
        )
        found = await looked(run, portal)
        assert kinds(found) == ({"token of the public key"} if confused else set())
        assert any(trial.kind == "token with its own key" for trial in found.trials)
