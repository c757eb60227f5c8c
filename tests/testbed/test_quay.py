"""Is the second portal sound, and does each of its knobs do what it says?"""

import asyncio
import base64
import hashlib
import hmac
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from http.cookies import SimpleCookie
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

import pytest

from launchready_testbed import Bed
from launchready_testbed.people import Secrets
from launchready_testbed.portal.totp import code, step_at
from launchready_testbed.quay.app import ENDPOINTS, build_quay
from launchready_testbed.quay.door import PREFIX
from launchready_testbed.quay.openapi import UNDESCRIBED
from launchready_testbed.quay.people import identities, password_of
from launchready_testbed.quay.policy import QuayPolicy

QUENTIN, TESS, UGO = "quentin@quay.lab.test", "tess@ardent.lab.test", "ugo@birchbell.lab.test"
COOKIE = "__Host-quay-refresh"
NOW = time.time()  # the clock of quay stands still, so that no code grows old in the middle of a test
UNGUARDED = {
    "/status",
    "/openapi.json",
    "/auth/login",
    "/auth/second-factor",
    "/auth/refresh",
    "/auth/logout",
}


@dataclass(frozen=True)
class Answer:
    status_code: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()

    def json(self) -> Any:
        return json.loads(self.content)


@dataclass
class Quay:
    """Quay under a policy, without sockets: one browser's worth of cookies and a token."""

    policy: QuayPolicy
    secrets: Secrets
    app: Any
    token: str = ""
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            sent.setdefault("authorization", f"Bearer {self.token}")
        if body is not None:
            sent.setdefault("content-type", "application/json")
        sent["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return asyncio.run(self._ask(method, path, b"" if body is None else json.dumps(body).encode(), sent))

    async def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        heads: dict[str, str] = {}
        content = b""
        status = 0

        async def receive() -> Any:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            nonlocal content, status
            if message["type"] == "http.response.start":
                status = message["status"]
                heads.update((name.decode(), value.decode()) for name, value in message["headers"])
            else:
                content += message["body"]

        scope = {
            "type": "http",
            "method": method,
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "client": ("127.0.0.1", 1),
            "world": SimpleNamespace(quay=self.policy, origin=lambda host: f"https://{host}"),
        }
        await self.app(scope, receive, send)
        for name, morsel in SimpleCookie(heads.get("set-cookie", "")).items():
            self.cookies[name] = morsel.value
        return Answer(status, heads, content)

    def api(self, path: str, **headers: str) -> Any:
        return self.ask("GET", PREFIX + path, **headers)

    def login(self, email: str, password: str = "") -> Any:
        sent = {"email": email, "password": password or password_of(email)}
        answer = self.ask("POST", f"{PREFIX}/auth/login", sent)
        self.token = answer.json().get("access_token", "")
        return answer

    def second(self, ticket: str, steps: int = 0, digits: str = "") -> Any:
        digits = digits or code(self.secrets.read("quentin", "totp"), step_at(NOW) + steps)
        return self.ask("POST", f"{PREFIX}/auth/second-factor", {"ticket": ticket, "code": digits})


@pytest.fixture
def open_quay(tmp_path: Path) -> Callable[..., Quay]:
    secrets = Secrets(tmp_path / "secrets")
    identities(secrets)

    return lambda **knobs: Quay(QuayPolicy(**knobs), secrets, build_quay(secrets, lambda: NOW))


def forged(token: str, *, head: dict[str, Any] | None = None, key: bytes | None = None, **claims: Any) -> str:
    """The token with other claims, signed with `key`, or with its old signature."""
    parts = token.split(".")

    def unpacked(part: str) -> dict[str, Any]:
        value: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=="))
        return value

    def packed(raw: bytes) -> str:
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    signed = ".".join(
        packed(json.dumps(value).encode())
        for value in (unpacked(parts[0]) | (head or {}), unpacked(parts[1]) | claims)
    )
    end = parts[2] if key is None else packed(hmac.new(key, signed.encode(), hashlib.sha256).digest())
    return f"{signed}.{end}"


def test_one_page_serves_every_address(open_quay: Any) -> None:
    quay = open_quay()
    shell = quay.ask("GET", "/")
    assert (quay.ask("GET", "/no/such/page").text, shell.status_code) == (shell.text, 200)
    assert "require-trusted-types-for" in shell.headers["content-security-policy"]
    for path in re.findall(r'(?:src|href)="(/[^"]+)"', shell.text):
        assert quay.ask("GET", path).status_code == 200
    assert quay.ask("GET", "/", if_none_match=shell.headers["etag"]).status_code == 304
    assert quay.ask("GET", "/static/no.js").status_code == 404
    assert quay.ask("POST", "/orders").status_code == 405


def test_strangers_get_nothing_from_the_interface(open_quay: Any) -> None:
    quay = open_quay()
    for method, path, _ in ENDPOINTS:
        if path not in UNGUARDED:
            answer = quay.ask(method, PREFIX + path, {} if method == "POST" else None)
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"].startswith("Bearer")
    assert quay.api("/nothing").json()["error"] == "not_found"
    assert quay.api("/auth/login").status_code == 405


def test_the_description_says_what_there_is(open_quay: Any) -> None:
    said = open_quay().api("/openapi.json").json()
    described = {f"{m.upper()} {path}" for path, ops in said["paths"].items() for m in ops}
    assert described | UNDESCRIBED == {f"{method} {path}" for method, path, _ in ENDPOINTS}
    assert not described & UNDESCRIBED
    login = said["paths"]["/auth/login"]["post"]
    assert login["requestBody"]["content"]["application/json"]["schema"]["required"] == ["email", "password"]


def test_clients_see_their_own_records_only(open_quay: Any) -> None:
    tess, ugo = open_quay(), open_quay()
    tess.login(TESS)
    ugo.login(UGO)
    for table in ("tenants", "orders", "shipments", "messages", "files"):
        hers, his = ({row["id"] for row in quay.api(f"/{table}").json()["data"]} for quay in (tess, ugo))
        assert hers
        assert not hers & his
        assert all(tess.api(f"/{table}/{each}").status_code == 404 for each in his)
        assert all(tess.api(f"/{table}/{each}").status_code == 200 for each in hers)
    assert tess.api("/users").status_code == 403
    made = tess.ask("POST", f"{PREFIX}/orders", {"goods": "Tea", "tenant": "other"})
    assert tess.api(f"/orders/{made.json()['id']}").json()["tenant"] == tess.api("/me").json()["tenant"]
    assert tess.ask("POST", f"{PREFIX}/messages", {"text": "a"}, content_type="text/plain").status_code == 415


def readable(quay: Quay) -> list[tuple[str, str, Any]]:
    """Every way to read one record of the person's own, wherever its identifier stands."""

    def first(path: str, name: str = "id") -> str:
        return str(quay.api(path).json()["data"][0][name])

    order = first("/orders")
    node = base64.b64encode(f"Order:{order}".encode()).decode()
    return [
        ("GET", f"/references/{first('/orders', 'reference')}", None),
        ("GET", f"/projects/{first('/projects', 'slug')}", None),
        ("GET", f"/receipts/{first('/receipts', 'code')}", None),
        ("GET", f"/documents/{first('/files', 'address')}", None),
        ("GET", f"/files/{first('/files')}/content", None),
        ("GET", f"/exports/{first('/exports', 'name')}", None),
        ("POST", "/orders/get", {"id": order}),
        ("POST", "/batch", {"requests": [{"path": f"/orders/{order}"}]}),
        (
            "POST",
            "/graphql",
            {"query": "query($id: ID!) { order(id: $id) { consignee } }", "variables": {"id": node}},
        ),
        ("POST", "/graphql", {"query": f'{{ node(id: "{node}") {{ ... on Order {{ consignee }} }} }}'}),
    ]


def test_records_are_their_clients_own_wherever_the_identifier_stands(open_quay: Any) -> None:
    tess, ugo, quentin = open_quay(), open_quay(), open_quay(mfa_optional=True)
    for quay, email in ((tess, TESS), (ugo, UGO), (quentin, QUENTIN)):
        quay.login(email)
    for method, path, body in readable(ugo):
        own, house, other = (quay.ask(method, PREFIX + path, body).text for quay in (ugo, quentin, tess))
        assert re.search(r"Birch|Foundry", own)
        assert house == own
        assert not re.search(r"Birch|Foundry", other)
    assert "Birch" not in tess.ask("POST", f"{PREFIX}/orders/search", {"text": ""}).text
    assert "Birch" not in tess.api("/feed.json").text
    assert "BB-" not in tess.api("/orders", x_tenant=ugo.api("/me").json()["tenant"]).text
    ship = "{ orders { shipments { vessel { name shipments { order { consignee } } } } } }"
    assert "Birch" not in tess.ask("POST", f"{PREFIX}/graphql", {"query": ship}).text
    assert "Birch" in quentin.ask("POST", f"{PREFIX}/graphql", {"query": ship}).text


def test_writing_is_for_ones_own_records_and_fields_only(open_quay: Any) -> None:
    shared = open_quay()
    tess, ugo = (Quay(shared.policy, shared.secrets, shared.app) for _ in range(2))
    tess.login(TESS)
    ugo.login(UGO)
    for table, body in (("orders", {"goods": "x"}), ("messages", {"text": "x"})):
        path = f"{PREFIX}/{table}/{ugo.api(f'/{table}').json()['data'][0]['id']}"
        before = ugo.ask("GET", path).text
        assert tess.ask("PATCH", path, body).status_code == tess.ask("DELETE", path).status_code == 404
        assert ugo.ask("GET", path).text == before
        assert ugo.ask("PATCH", path, body).status_code == 200
        assert ugo.ask("PATCH", path, {"tenant": tess.api("/me").json()["tenant"]}).status_code == 400
        assert ugo.ask("DELETE", path).status_code == 204
        assert ugo.ask("GET", path).status_code == 404
    order = f"{PREFIX}/orders/{ugo.api('/orders').json()['data'][0]['id']}"
    for change in ("close", "release"):
        assert ugo.ask("POST", f"{order}/{change}").status_code == 403
    for forbidden in ({"price_cents": 1}, {"status": "closed"}):
        assert ugo.ask("PATCH", order, forbidden).status_code == 400
    assert ugo.ask("PATCH", f"{PREFIX}/me", {"role": "admin"}).status_code == 400
    assert ugo.ask("PATCH", f"{PREFIX}/me", {"phone": "+358 2 1"}).json()["phone"] == "+358 2 1"


def test_the_schema_can_be_asked_for_by_whoever_is_signed_in(open_quay: Any) -> None:
    quay = open_quay()
    asked = {"query": "{ __schema { queryType { name } mutationType { fields { name } } } }"}
    assert quay.ask("POST", f"{PREFIX}/graphql", asked).status_code == 401
    quay.login(TESS)
    told = quay.ask("POST", f"{PREFIX}/graphql", asked).json()["data"]["__schema"]
    assert told["mutationType"]["fields"] == [{"name": "updateOrder"}]


def test_admins_owe_a_code_that_is_good_once(open_quay: Any) -> None:
    quay = open_quay()
    ticket = quay.login(QUENTIN).json()["ticket"]
    assert COOKIE not in quay.cookies
    assert quay.api("/me", authorization=f"Bearer {ticket}").status_code == 401
    assert quay.second(ticket, digits="000000").status_code == 401
    quay.token = quay.second(ticket).json()["access_token"]
    assert quay.api("/users").json()["count"] == 4
    assert quay.second(ticket).status_code == 401
    again = quay.login(QUENTIN).json()["ticket"]
    assert quay.second(again).status_code == 401
    assert quay.second(again, 1).status_code == 200


def test_a_ticket_bears_few_wrong_codes(open_quay: Any) -> None:
    quay = open_quay()
    ticket = quay.login(QUENTIN).json()["ticket"]
    assert {quay.second(ticket, digits=f"00000{n}").status_code for n in range(5)} == {401}
    assert quay.second(ticket).status_code == 401


def test_signing_out_ends_both_tokens(open_quay: Any) -> None:
    quay = open_quay()
    quay.login(TESS)
    old = quay.cookies[COOKIE]
    assert quay.ask("POST", f"{PREFIX}/auth/logout", {}).status_code == 204
    assert quay.api("/me").status_code == 401
    quay.cookies[COOKIE] = old
    assert quay.ask("POST", f"{PREFIX}/auth/refresh", {}).status_code == 401


def test_a_refresh_token_used_twice_ends_the_session(open_quay: Any) -> None:
    quay = open_quay()
    cookie = quay.login(TESS).headers["set-cookie"]
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=strict", "Path=/"))
    old = quay.cookies[COOKIE]
    quay.token = quay.ask("POST", f"{PREFIX}/auth/refresh", {}).json()["access_token"]
    assert quay.api("/me").status_code == 200
    quay.cookies[COOKIE] = old
    assert quay.ask("POST", f"{PREFIX}/auth/refresh", {}).status_code == 401
    assert quay.api("/me").status_code == 401


def test_failures_are_counted_and_tell_nothing(open_quay: Any) -> None:
    quay = open_quay()
    seen = [quay.login(email, "wrong") for email in (TESS, "nobody@lab.test")]
    assert len({(answer.status_code, answer.text) for answer in seen}) == 1
    answers = [quay.login(TESS, "wrong").status_code for _ in range(9)]
    assert answers == [401] * 7 + [429] * 2
    refused = quay.login(TESS)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    assert quay.login(UGO).status_code == 200


def _tokens(token: str) -> dict[str, str]:
    hour = int(NOW) - 3600
    foreign = base64.urlsafe_b64encode(b"mine").rstrip(b"=").decode()
    return {
        "algorithm_none": forged(token, head={"alg": "None"}).rpartition(".")[0] + ".",
        "signature_unchecked": forged(token, key=b"guessed"),
        "weak_key": forged(token, key=b"secret"),
        "key_by_path": forged(token, head={"kid": "../../../dev/null"}, key=b""),
        "key_in_token": forged(token, head={"jwk": {"kty": "oct", "k": foreign}}, key=b"mine"),
        "any_audience": forged(token, key=b"secret", aud="another"),
        "any_issuer": forged(token, key=b"secret", iss="https://another.test"),
        "expired_accepted": forged(token, key=b"secret", exp=hour),
    }


@pytest.mark.parametrize("knob", _tokens("e30.e30.e30"))
def test_forged_tokens_are_believed_where_the_knob_says_so_and_only_there(open_quay: Any, knob: str) -> None:
    sound, faulty = open_quay(), open_quay(**{knob: True})
    claims = knob in ("any_audience", "any_issuer", "expired_accepted")
    for quay, believed in ((sound, False), (faulty, True)):
        if claims:
            quay.policy.weak_key = True  # else nobody outside could sign such claims
        quay.login(TESS)
        quay.token = _tokens(quay.token)[knob]
        assert quay.api("/me").status_code == (200 if believed else 401)


def test_a_forged_token_may_be_anybody(open_quay: Any) -> None:
    quay = open_quay(algorithm_none=True)
    other = open_quay()
    other.login(UGO)
    his = other.api("/me").json()["id"]
    quay.login(TESS)
    quay.token = forged(quay.token, head={"alg": "none"}, sub=his)
    assert quay.api("/me").json()["email"] == UGO


@pytest.mark.parametrize(
    ("knobs", "headers"),
    [
        ({"method_override": True}, {"x_http_method_override": "OPTIONS"}),
        ({"forwarded_for_trusted": True}, {"x_forwarded_for": "127.0.0.1"}),
    ],
    ids=["method", "forwarded"],
)
def test_headers_open_the_door_where_a_knob_says_so(open_quay: Any, knobs: Any, headers: Any) -> None:
    assert open_quay().api("/orders", **headers).status_code == 401
    assert open_quay(**knobs).api("/orders", **headers).json()["count"] == 12


def test_another_address_in_a_header_is_believed_where_a_knob_says_so(open_quay: Any) -> None:
    header = {"x_original_url": f"{PREFIX}/orders"}
    assert open_quay().ask("GET", "/", **header).headers["content-type"].startswith("text/html")
    assert open_quay(original_url_trusted=True).ask("GET", "/", **header).json()["count"] == 12


@pytest.mark.parametrize(
    ("way", "path"),
    [
        ("slash", "/orders/"),
        ("case", "/Orders"),
        ("semicolon", "/orders;a=b"),
        ("double-slash", "//orders"),
        ("encoded", "/%6frders"),
    ],
)
def test_loose_paths_reach_the_handler_where_a_knob_says_so(open_quay: Any, way: str, path: str) -> None:
    assert open_quay().api(path).status_code in (401, 404)
    assert open_quay(loose_paths=frozenset({way})).api(path).json()["count"] == 12
    assert open_quay(loose_paths=frozenset({way})).api("/orders").status_code == 401


def test_second_steps_as_the_knobs_say(open_quay: Any) -> None:
    assert "access_token" in open_quay(mfa_optional=True).login(QUENTIN).json()
    quay = open_quay(second_step_skippable=True)
    ticket = quay.login(QUENTIN).json()["ticket"]
    assert quay.api("/users", authorization=f"Bearer {ticket}").status_code == 200
    quay = open_quay(code_reusable=True)
    tickets = [quay.login(QUENTIN).json()["ticket"] for _ in range(2)]
    assert [quay.second(ticket).status_code for ticket in tickets] == [200, 200]
    quay = open_quay(code_guesses_unlimited=True)
    ticket = quay.login(QUENTIN).json()["ticket"]
    assert {quay.second(ticket, digits=f"0000{n:02}").status_code for n in range(20)} == {401}
    assert quay.second(ticket).status_code == 200


def test_signing_out_and_refreshing_as_the_knobs_say(open_quay: Any) -> None:
    quay = open_quay(access_survives_logout=True)
    quay.login(TESS)
    quay.ask("POST", f"{PREFIX}/auth/logout", {})
    assert quay.api("/me").status_code == 200
    for knob in ("refresh_survives_logout", "refresh_reusable"):
        quay = open_quay(**{knob: True})
        quay.login(TESS)
        old = quay.cookies[COOKIE]
        end = "logout" if knob == "refresh_survives_logout" else "refresh"
        quay.ask("POST", f"{PREFIX}/auth/{end}", {})
        quay.cookies[COOKIE] = old
        assert quay.ask("POST", f"{PREFIX}/auth/refresh", {}).status_code == 200


def test_limits_and_words_as_the_knobs_say(open_quay: Any) -> None:
    assert {open_quay(limiter=False).login(TESS, "wrong").status_code for _ in range(12)} == {401}
    quay = open_quay(limiter_trusts_forwarded_for=True)
    sent = {"email": TESS, "password": "wrong"}
    seen = {
        quay.ask("POST", f"{PREFIX}/auth/login", sent, x_forwarded_for=f"192.0.2.{n}").status_code
        for n in range(12)
    }
    assert seen == {401}
    assert open_quay(accounts_told_apart=True).login("nobody@lab.test", "wrong").status_code == 404


def test_every_knob_is_sound_as_it_stands() -> None:
    sound = QuayPolicy()
    assert replace(sound) == sound
    flags = [field.name for field in fields(sound) if field.type == "bool" and field.name != "limiter"]
    assert not any(getattr(sound, name) for name in flags)


def test_the_bed_serves_it_and_its_portal_file_names_its_people(bed: Bed, visitor: Any) -> None:
    assert visitor.get("/api/v2/status", host="quay.lab.test").text == '{"status":"ok"}'
    text = bed.portal_file(portal="quay")
    assert f'url = "https://quay.lab.test:{bed.https_port}/"' in text
    assert re.findall(r'^\[\[identity\]\]\nname = "(\w+)"', text, re.MULTILINE) == [
        "quentin",
        "rosa",
        "tess",
        "ugo",
    ]
    assert visitor.get("/", host="quay.lab.test", plain=True).status == 308
