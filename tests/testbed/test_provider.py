"""Is signing in with the identity provider sound, and does each of its faults let through what it says?"""

import base64
import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

HOST = "id.lab.test"
FORM = {"content-type": "application/x-www-form-urlencoded"}


def query(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def path_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def at_provider(visitor: Any, address: str, name: str, **changed: str) -> Any:
    """The provider's answer to somebody who signs in at this address."""
    page = visitor.get(path_of(address), host=HOST)
    if page.status != 200:
        return page
    hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.text)
    form = {field: unescape(value) for field, value in hidden}
    secrets = {
        "email": visitor.bed.secret_file(name, "username").read_text(),
        "password": visitor.bed.secret_file(name, "provider").read_text(),
    }
    body = urlencode({**form, **secrets, **changed}).encode()
    return visitor.ask("POST", "/authorize", body, FORM, host=HOST)


def set_out(visitor: Any) -> str:
    address: str = visitor.get("/oidc/start").header("location")
    return address


def come_home(visitor: Any, name: str) -> Any:
    answer = at_provider(visitor, set_out(visitor), name)
    return visitor.get(path_of(answer.header("location")))


def signed_in_as(visitor: Any) -> str:
    answer = json.loads(visitor.get("/api/v1/session").body)
    return str(answer.get("email", ""))


def test_one_signs_in_by_way_of_the_provider(visitor: Any) -> None:
    before = set(visitor.cookies.values())
    assert "/oidc/start" in visitor.get("/login").text
    answer = come_home(visitor, "nora")
    assert (answer.status, answer.header("location")) == (303, "/dashboard")
    assert signed_in_as(visitor) == "nora@northwind.test"
    assert before.isdisjoint(visitor.cookies.values())
    assert visitor.get("/oidc/start").header("location") == "/dashboard"


def test_the_second_factor_is_asked_for_all_the_same(visitor: Any) -> None:
    assert come_home(visitor, "ada").header("location") == "/login/code"
    assert signed_in_as(visitor) == ""
    assert visitor.give_code("ada").status == 303
    assert signed_in_as(visitor) == "ada@lab.test"


def test_what_the_provider_offers_is_described_truly(visitor: Any) -> None:
    told = json.loads(visitor.get("/.well-known/openid-configuration", host=HOST).body)
    assert told["issuer"] == visitor.bed.url.replace("portal", "id").rstrip("/")
    for name in ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"):
        assert visitor.get(urlsplit(told[name]).path, host=HOST).status != 404
    assert json.loads(visitor.get("/jwks", host=HOST).body)["keys"][0]["alg"] == "ES256"
    assert visitor.get("/", host=HOST).header("strict-transport-security")


def test_a_request_carries_state_nonce_and_challenge(visitor: Any) -> None:
    first, second = query(set_out(visitor)), query(set_out(visitor))
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 43
        assert first[name] != second[name]
    assert first["code_challenge_method"] == "S256"
    assert first["redirect_uri"] == visitor.bed.url + "oidc/callback"


EVASIONS = {
    "path": "https://portal.lab.test:{port}/help",
    "prefix": "https://portal.lab.test.evil.test/oidc/callback",
    "host": "https://evillab.test/oidc/callback",
    "any": "https://evil.test/oidc/callback",
}


@pytest.mark.parametrize("kind", [*EVASIONS, "query", "slash", "case", "port", "none"])
def test_answers_go_to_the_registered_address_only(visitor: Any, kind: str) -> None:
    address = set_out(visitor)
    asked = query(address)
    right = asked["redirect_uri"]
    asked["redirect_uri"] = {
        "query": right + "?a=b",
        "slash": right + "/",
        "case": right.replace("portal", "PORTAL"),
        "port": right.replace(f":{visitor.bed.https_port}", ""),
        "none": "",
    }.get(kind) or EVASIONS.get(kind, "").format(port=visitor.bed.https_port)
    answer = visitor.get("/authorize?" + urlencode(asked), host=HOST)
    assert answer.status == 400
    assert not answer.header("location")
    tampered = at_provider(visitor, address, "nora", redirect_uri=asked["redirect_uri"])
    assert tampered.status == 400


@pytest.mark.parametrize("kind", EVASIONS)
def test_each_careless_comparison_lets_its_evasion_through(visitor: Any, kind: str) -> None:
    visitor.bed.switch((), policy={"oidc_redirect_uris": kind})
    asked = query(set_out(visitor))
    asked["redirect_uri"] = EVASIONS[kind].format(port=visitor.bed.https_port)
    answer = at_provider(visitor, "/authorize?" + urlencode(asked), "nora")
    assert answer.header("location").startswith(asked["redirect_uri"] + "?code=")


def test_a_code_brings_home_only_the_session_that_set_out(new_visitor: Callable[[], Any]) -> None:
    attacker, victim = new_visitor(), new_visitor()
    home = path_of(at_provider(attacker, set_out(attacker), "sol").header("location"))
    set_out(victim)
    assert victim.get(home).status == 400
    assert signed_in_as(victim) == ""
    stateless = "/oidc/callback?" + urlencode({"code": query(home)["code"]})
    assert attacker.get(stateless).status == 400
    victim.bed.switch(
        (), policy={"oidc_state_checked": False, "oidc_pkce": False, "oidc_nonce_checked": False}
    )
    home = path_of(at_provider(attacker, set_out(attacker), "sol").header("location"))
    assert victim.get(home).status == 303
    assert signed_in_as(victim) == "sol@southgate.test"


def test_a_code_works_once(new_visitor: Callable[[], Any]) -> None:
    visitor = new_visitor()
    home = path_of(at_provider(visitor, set_out(visitor), "nora").header("location"))
    assert visitor.get(home).status == 303
    again = new_visitor()
    again.cookies = dict(visitor.cookies)
    assert again.get(home).status == 400


@pytest.mark.parametrize("checked", [True, False])
def test_an_address_that_nobody_verified_opens_no_account(
    visitor: Any,
    checked: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    visitor.bed.switch((), policy={"oidc_email_verified": checked})
    assert come_home(visitor, "eve").status == (403 if checked else 303)
    assert signed_in_as(visitor) == ("" if checked else "nora@northwind.test")


def test_the_second_factor_can_be_lost_on_this_way(visitor: Any) -> None:
    visitor.bed.switch((), policy={"oidc_second_factor": False})
    assert come_home(visitor, "ada").header("location") == "/dashboard"
    assert signed_in_as(visitor) == "ada@lab.test"


def test_it_can_be_left_out(visitor: Any) -> None:
    visitor.bed.switch((), policy={"oidc_offered": False})
    assert "Quay ID" not in visitor.get("/login").text
    assert visitor.get("/oidc/start").status == 404


@pytest.mark.parametrize(
    ("changed", "status"),
    [({"password": "wrong"}, 401), ({"email": "nobody@lab.test"}, 401), ({"csrf": "guessed"}, 403)],
)
def test_the_provider_lets_nobody_in_by_guessing(visitor: Any, changed: dict[str, str], status: int) -> None:
    assert at_provider(visitor, set_out(visitor), "nora", **changed).status == status


def test_guesses_at_the_provider_are_limited(visitor: Any) -> None:
    address = set_out(visitor)
    seen = [at_provider(visitor, address, "nora", password="wrong").status for _ in range(12)]
    assert seen == [401] * 10 + [429] * 2


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"client_id": "other"}, "invalid_client"),
        ({"client_secret": "wrong"}, "invalid_client"),
        ({"grant_type": "password", "client_secret": "wrong"}, "unsupported_grant_type"),
    ],
)
def test_tokens_go_to_the_portal_alone(visitor: Any, changed: dict[str, str], error: str) -> None:
    code = query(at_provider(visitor, set_out(visitor), "nora").header("location"))["code"]
    form = {"grant_type": "authorization_code", "code": code, "client_id": "harbour", **changed}
    answer = visitor.ask("POST", "/token", urlencode(form).encode(), FORM, host=HOST)
    assert json.loads(answer.body) == {"error": error}
    basic = {"authorization": "Basic " + base64.b64encode(b"harbour:wrong").decode(), **FORM}
    assert visitor.ask("POST", "/token", urlencode(form).encode(), basic, host=HOST).status in (400, 401)
    assert visitor.get("/userinfo", host=HOST).status == 401


def test_looks_can_sign_in_at_the_provider(look: Callable[[str], str]) -> None:
    words = (
        '$ to=$(get nora /oidc/start | location); home=$(at_provider nora "$to" | location); '
        'curl -si -b nora.jar -c nora.jar "$home"; get nora /profile\n'
        "< location: /dashboard\n< nora@northwind.test"
    )
    assert look(words) == ""
