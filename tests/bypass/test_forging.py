"""What is sent in place of a session: forged from real ones, without a portal."""

import base64
import hmac
import json
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchready.collect.forging import cookie, headers, json_web_token, path
from launchready.collect.forging.json_web_token import JsonWebToken
from launchready.collect.forging.session import Material, carriers_of, cookie_attempts, token_attempts

NORA = ("nora@northwind.test", "nora")


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def issued(key: bytes, algorithm: str = "HS256", **claims: object) -> str:
    signed = f"{part({'alg': algorithm, 'typ': 'JWT', 'kid': 'a'})}.{part({'sub': 'nora', **claims})}"
    digest = hmac.new(key, signed.encode(), algorithm.replace("HS", "sha")).digest()
    return f"{signed}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def parsed(text: str) -> JsonWebToken:
    token = JsonWebToken.parse(text)
    assert token is not None
    return token


@pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512"])
def test_every_forgery_keeps_the_payload_and_differs_from_the_token(algorithm: str) -> None:
    real = issued(b"k" * 32, algorithm, exp=4_000_000_000)
    forged = json_web_token.forgeries(parsed(real))
    assert len({each.value for each in forged}) == len(forged) >= 9
    for each in forged:
        assert each.value != real
        assert each.value.split(".")[1] == real.split(".")[1]
        assert real.split(".")[2] not in each.how


def test_a_changed_signature_differs_in_its_bytes_and_not_in_bits_that_do_not_count() -> None:
    token = parsed(issued(b"k" * 32))
    (changed,) = [each for each in json_web_token.forgeries(token) if "changed" in each.how]
    assert parsed(changed.value).signature != token.signature


@pytest.mark.parametrize("key", [b"secret", b"your-256-bit-secret", b"Harbour", b"harbour"])
def test_well_known_keys_are_found_off_line(key: bytes) -> None:
    assert json_web_token.weak_key(parsed(issued(key)), ["Harbour"]) == key


def test_a_key_kept_in_base64_is_found_too_and_a_random_one_is_not() -> None:
    assert json_web_token.weak_key(parsed(issued(base64.b64decode("c2VjcmV0")))) == b"secret"
    assert json_web_token.weak_key(parsed(issued(bytes(range(32))))) is None


def test_with_the_key_a_token_can_be_signed_that_verifies() -> None:
    token = parsed(issued(b"secret", exp=10))
    new = parsed(token.signed_by(b"secret", exp=70))
    assert json_web_token.weak_key(new) == b"secret"
    assert new.payload == {"sub": "nora", "exp": 70}
    assert token.signed_by(b"secret").rpartition(".")[0] == token.signed


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    token = JsonWebToken.parse(text)
    assert token is None or json_web_token.forgeries(token)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.b",
        "a.b.c.d",
        "eyJ9.eyJ9.x",
        f"{part([])}.{part({})}.x",
        f"{part({'typ': 'JWT'})}.{part({})}.AA",
    ],
)
def test_what_only_looks_like_a_token_is_none(text: str) -> None:
    assert JsonWebToken.parse(text) is None


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=60))
def test_a_random_value_has_the_form_of_the_real_one_and_no_letter_of_it(value: str) -> None:
    new = cookie.random_like(value)
    assert len(new) == len(value)
    assert all((a != b) == a.isalnum() for a, b in zip(value, new, strict=True))
    if any(map(str.isalnum, value)):
        assert sum(a != b for a, b in zip(value, cookie.changed_at(value, 0.5), strict=True)) == 1


@pytest.mark.parametrize(
    "value",
    [
        "3",
        "nora@northwind.test",
        "nora%40northwind.test",
        part({"uid": 3}),
        base64.b64encode(b'{"user_id": "3", "csrf": "x"}').decode(),
        "user=nora&role=client",
        "uid:3|role:client",
        '"nora"',
        "%7B%22userId%22%3A3%7D",
    ],
)
def test_a_cookie_that_says_whose_it_is_can_be_read_and_rebuilt(value: str) -> None:
    payload = cookie.payload_of(value, NORA)
    assert payload is not None
    assert payload.rebuild(payload.text) == value
    changed = cookie.changed_payloads(
        payload, [("nora@northwind.test", "sol@southgate.test"), ("nora", "sol")]
    )
    assert changed
    assert value not in {each.value for each in changed}


@pytest.mark.parametrize("rest", [".c2lnbmF0dXJl", "--0123abcd", ":1tXyZ:c2ln", ".aWF0.c2ln"])
def test_what_follows_the_payload_stays_and_is_left_out(rest: str) -> None:
    payload = cookie.payload_of(part({"uid": 3}) + rest, NORA)
    assert payload is not None
    assert payload.rest == rest
    values = [each.value for each in cookie.changed_payloads(payload, [])]
    assert {value.endswith(rest) for value in values} == {True, False}


@pytest.mark.parametrize(
    "value",
    [
        "Zk3dQ9xLw02mTb7RfVhYpA",
        "550e8400-e29b-41d4-a716-446655440000",
        "s%3AkZ81bqQ0aXcd.8aZQpq",
        "gAAAAABmX3",
        part({"csrf": "abc", "seen": 17}),
        "1764150000.4f2a9c",
        "",
    ],
)
def test_a_random_cookie_says_nothing(value: str) -> None:
    assert cookie.payload_of(value, NORA) is None or value.startswith("1764")


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=60))
def test_whatever_a_cookie_holds_it_comes_back_as_it_was(value: str) -> None:
    payload = cookie.payload_of(value, NORA)
    if payload is not None:
        for forged in cookie.changed_payloads(payload, [("nora", "sol")]):
            assert forged.value


def test_paths_differ_stay_on_the_host_and_keep_the_query() -> None:
    url = "https://portal.example:8443/api/orders?page=2"
    found = path.paths(url)
    assert len({each.value for each in found}) == len({each.kind for each in found}) == len(found) >= 10
    for each in found:
        assert each.value != url
        assert each.value.startswith("https://portal.example:8443/")
        assert urlsplit(each.value).query == "page=2"
    assert path.paths("https://portal.example/") == ()


@given(st.text(st.characters(codec="ascii"), max_size=30))
def test_any_path_can_be_rewritten(text: str) -> None:
    for each in path.paths(f"https://portal.example/{text}".partition("#")[0]):
        assert each.kind.startswith("path with ")


def test_claims_name_the_user_in_its_own_kind_alone() -> None:
    for claim in headers.claims("https://portal.example/a", ["nora@northwind.test"]):
        assert ("nora@" in str(claim.headers)) == (claim.kind == "user header")
        assert claim.method in ("GET", "POST", "LAUNCHREADY")


def material(**named: object) -> Material:
    values = {"identity": "nora", "names": NORA, "url": "https://portal.example/a", **named}
    return Material(**values)  # type: ignore[arg-type]


def test_what_an_attempt_says_holds_no_secret() -> None:
    token = issued(b"secret", exp=4_000_000_000)
    real = material(
        cookies=(("sid", "Zk3dQ9xLw02mTb7RfVhYpA"), ("theme", "dark")),
        carriers=("cookie sid", "header authorization"),
        headers=(("Authorization", f"Bearer {token}"),),
        refresh_token="rT0123456789abcdef",
    )
    attempts = [*cookie_attempts(real), *token_attempts(real)]
    assert {each.kind for each in attempts} >= {
        "random cookie",
        "changed cookie",
        "refresh token",
        "expired token",
    }
    for each in attempts:
        said = each.kind + each.how + each.curl
        sent = [value.rpartition(" ")[2] for _, value in each.headers if len(value) > 20]
        assert not any(value in said for value in sent)
        assert each.headers != real.headers
        assert ("Cookie", "sid=Zk3dQ9xLw02mTb7RfVhYpA; theme=dark") not in each.headers


def test_cookies_that_carry_nothing_are_sent_as_they_are() -> None:
    real = material(cookies=(("sid", "abcdefgh12345678"), ("theme", "dark")), carriers=("cookie sid",))
    for each in cookie_attempts(real):
        assert each.headers[0][1].endswith("; theme=dark")


def test_a_cookie_from_before_signing_in_counts_only_if_it_has_changed_since() -> None:
    kept = material(cookies=(("sid", "abcdefgh12345678"),), before=(("sid", "abcdefgh12345678"),))
    new = material(cookies=(("sid", "abcdefgh12345678"),), before=(("sid", "another-12345678"),))
    kinds = [{each.kind for each in cookie_attempts(each)} for each in (kept, new)]
    assert ["cookie from before signing in" in each for each in kinds] == [False, True]


@pytest.mark.parametrize(
    ("value", "form"),
    [
        ("Zk3dQ9xLw02mTb7RfVhYpA", "random"),
        (part({"uid": 3}), "readable"),
        (part({"uid": 3}) + ".c2ln", "readable and signed"),
    ],
)
def test_what_carries_a_session_is_said_in_words(value: str, form: str) -> None:
    (carrier,) = carriers_of(material(cookies=(("sid", value),), carriers=("cookie sid",)))
    assert (carrier.name, carrier.form) == ("cookie sid", form)


def test_a_password_sent_with_each_request_is_no_token() -> None:
    assert not list(token_attempts(material(headers=(("Authorization", "Basic bm9yYTp3b3Jk"),))))
