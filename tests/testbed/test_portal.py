"""Does the portal do its work, and is it sound?"""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from launchready_testbed.portal.sessions import COOKIE
from launchready_testbed.world import SOUND_HEADERS

PUBLIC = [
    "/", "/pricing", "/help", "/help/signing-in", "/status", "/security", "/terms", "/privacy", "/contact", "/login",
    "/forgot", "/forgot/sent", "/contact/thanks", "/health", "/robots.txt", "/sitemap.xml", "/favicon.ico",
    "/manifest.webmanifest", "/openapi.json", "/.well-known/security.txt", "/api/v1/status",
]  # fmt: skip
PROTECTED = [
    "/dashboard", "/profile", "/tickets", "/tickets/1", "/tickets/new", "/invoices", "/invoices/1", "/invoices/1/pdf",
    "/documents", "/documents/1", "/documents/new", "/approvals", "/approvals/1", "/clients", "/clients/1", "/users",
    "/audit", "/search", "/settings", "/invoices/1.json", "/invoices/export.csv", "/clients/1/invoices/1", "/clients/export.csv",
    "/feeds/3.xml",
]  # fmt: skip
API = [
    "session", "tickets", "tickets/1", "invoices", "invoices/1", "documents", "documents/1", "documents/1/content",
    "approvals", "approvals/1", "clients", "clients/1", "users", "audit", "profile",
    "colleagues", "announcements",
]  # fmt: skip
NORA, SOL, SAM, ADA = "nora@northwind.test", "sol@southgate.test", "sam@lab.test", "ada@lab.test"


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_are_served_with_every_security_header(visitor: Any, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status == 200
    for name, value in SOUND_HEADERS.items():
        assert answer.all(name) == [value]
    (policy,) = answer.all("content-security-policy")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("POST", "/pricing", 405),
        ("GET", "/dashboard", 302),
        ("GET", "/api/v1/tickets", 401),
        ("GET", "/api/v1/nothing", 404),
        ("POST", "/contact", 403),
    ],
)
def test_refusals_are_clean_and_have_every_security_header(
    visitor: Any, method: str, path: str, status: int
) -> None:
    answer = visitor.ask(method, path)
    assert answer.status == status
    for name, value in SOUND_HEADERS.items():
        assert answer.all(name) == [value]
    assert len(answer.all("content-security-policy")) == 1
    assert "Traceback" not in answer.text
    if path.startswith("/api/"):
        assert set(json.loads(answer.body)) == {"error"}


def test_nonces_are_never_used_twice_and_stand_in_the_page(visitor: Any) -> None:
    nonces = set()
    for _ in range(3):
        answer = visitor.get("/")
        found = re.search(r"script-src 'self' 'nonce-([^']+)'", answer.header("content-security-policy"))
        assert found
        assert set(re.findall(r'nonce="([^"]+)"', answer.text)) == {found[1]}
        nonces.add(found[1])
    assert len(nonces) == 3


def test_assets_are_there_under_the_names_that_pages_use(visitor: Any) -> None:
    home = visitor.get("/").text
    names = re.findall(r'(?:src|href)="(/assets/[^"]+)"', home)
    style = visitor.get(next(name for name in names if name.endswith(".css"))).text
    names += re.findall(r"url\((/[^)]+)\)", style)
    assert len(names) == 5
    for name in names:
        answer = visitor.get(name)
        assert answer.status == 200
        assert "immutable" in answer.header("cache-control")
        again = visitor.get(name, headers={"if-none-match": answer.header("etag")})
        assert (again.status, again.body) == (304, b"")


def test_the_bundle_is_squeezed_and_talks_to_the_interface(visitor: Any) -> None:
    name = re.search(r'src="(/assets/app[^"]+)"', visitor.get("/").text)
    assert name
    script = visitor.get(name[1]).text
    assert "\n" not in script
    assert "/*" not in script
    assert '"/api/v1/"' in script


@pytest.mark.parametrize("path", PROTECTED)
def test_strangers_are_led_to_the_log_in_form(visitor: Any, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status == 302
    assert answer.header("location") == "/login?next=" + path.replace("/", "%2F")


@pytest.mark.parametrize("path", API)
def test_strangers_get_nothing_from_the_interface(visitor: Any, path: str) -> None:
    assert visitor.get(f"/api/v1/{path}").status == 401


def test_signing_in_changes_the_session_and_signing_out_ends_it(visitor: Any) -> None:
    visitor.get("/login")
    before = visitor.cookies[COOKIE]
    answer = visitor.sign_in(NORA)
    assert (answer.status, answer.header("location")) == (303, "/dashboard")
    cookie = answer.header("set-cookie")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "Path=/", "SameSite=lax"))
    assert "Domain" not in cookie
    signed_in = visitor.cookies[COOKIE]
    assert signed_in != before
    page = visitor.get("/dashboard")
    assert "Nora North" in page.text
    assert page.header("cache-control") == "no-store"
    assert visitor.post("/logout", {"csrf": page.csrf}).status == 303
    assert COOKIE not in visitor.cookies
    for old in (before, signed_in):
        visitor.cookies[COOKIE] = old
        assert visitor.get("/dashboard").status == 302


def test_a_wrong_password_and_an_unknown_address_look_the_same(new_visitor: Callable[[], Any]) -> None:
    seen = []
    for email in (NORA, "nobody@northwind.test"):
        visitor = new_visitor()
        form = {"email": email, "password": "wrong", "csrf": visitor.get("/login").csrf, "next": ""}
        answer = visitor.post("/login", form)
        seen.append((answer.status, re.sub(r'(nonce|value)="[^"]*"', "", answer.text)))
    assert seen[0] == seen[1]
    assert seen[0][0] == 401


@pytest.mark.parametrize("wanted", ["//evil.test/", "https://evil.test/", "/\\evil.test", "evil"])
def test_nobody_is_sent_elsewhere_after_signing_in(visitor: Any, wanted: str) -> None:
    from launchready_testbed.portal.passwords import password_of

    form = {"email": NORA, "password": password_of(NORA), "csrf": visitor.get("/login").csrf, "next": wanted}
    assert visitor.post("/login", form).header("location") == "/dashboard"


def test_one_is_sent_back_to_where_one_wanted_to_go(visitor: Any) -> None:
    from launchready_testbed.portal.passwords import password_of

    asked = visitor.get("/tickets?q=invoice").header("location")
    form = visitor.get(asked)
    wanted = re.search(r'name="next" value="([^"]+)"', form.text)
    assert wanted
    sent = {"email": NORA, "password": password_of(NORA), "csrf": form.csrf, "next": wanted[1]}
    assert visitor.post("/login", sent).header("location") == "/tickets?q=invoice"


def _ids(visitor: Any, table: str) -> set[int]:
    first = json.loads(visitor.get(f"/api/v1/{table}").body)
    found = {item["id"] for item in first["items"]}
    for page in range(2, first["pages"] + 1):
        found |= {
            item["id"] for item in json.loads(visitor.get(f"/api/v1/{table}?page={page}").body)["items"]
        }
    assert len(found) == first["total"]
    return found


@pytest.mark.parametrize("table", ["tickets", "invoices", "documents", "approvals"])
def test_clients_see_their_own_records_only(new_visitor: Callable[[], Any], table: str) -> None:
    nora, sol, sam = new_visitor(), new_visitor(), new_visitor()
    nora.sign_in(NORA)
    sol.sign_in(SOL)
    sam.sign_in(SAM)
    hers, his, all_of_them = _ids(nora, table), _ids(sol, table), _ids(sam, table)
    assert hers
    assert his
    assert not hers & his
    assert hers | his < all_of_them
    for foreign in sorted(his)[:3]:
        assert nora.get(f"/{table}/{foreign}").status == 404
        assert nora.get(f"/api/v1/{table}/{foreign}").status == 404
        assert sam.get(f"/{table}/{foreign}").status == 200
    for own in sorted(hers)[:3]:
        assert nora.get(f"/{table}/{own}").status == 200


def test_what_belongs_to_another_cannot_be_reached_below_it_either(new_visitor: Callable[[], Any]) -> None:
    nora, sol = new_visitor(), new_visitor()
    nora.sign_in(NORA)
    sol.sign_in(SOL)
    token = nora.get("/dashboard").csrf
    invoice, ticket, approval, document = (
        min(_ids(sol, table)) for table in ("invoices", "tickets", "approvals", "documents")
    )
    assert nora.get(f"/invoices/{invoice}/pdf").status == 404
    assert nora.get(f"/api/v1/documents/{document}/content").status == 404
    assert nora.post(f"/tickets/{ticket}/comments", {"csrf": token, "body": "hello"}).status == 404
    assert nora.post(f"/approvals/{approval}/decision", {"csrf": token, "decision": "approved"}).status == 404
    assert json.loads(sol.get(f"/api/v1/approvals/{approval}").body)["decision"] == "pending"


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/clients", {ADA, SAM}), ("/clients/1", {ADA, SAM}), ("/users", {ADA}), ("/audit", {ADA})],
)
def test_roles_are_decided_on_the_server(
    new_visitor: Callable[[], Any], path: str, allowed: set[str]
) -> None:
    for email in (ADA, SAM, NORA):
        visitor = new_visitor()
        visitor.sign_in(email)
        expected = 200 if email in allowed else 403
        assert visitor.get(path).status == expected
        assert visitor.get(f"/api/v1{path}").status == expected


def test_no_password_leaves_the_server(visitor: Any) -> None:
    visitor.sign_in(ADA)
    assert set(json.loads(visitor.get("/api/v1/users").body)["items"][0]) == {
        "id",
        "tenant",
        "name",
        "email",
        "role",
    }


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/tickets/new", {"title": "T", "body": "B"}),
        ("/approvals/1/decision", {"decision": "approved"}),
        ("/logout", {}),
        ("/contact", {"email": "a@b.test", "body": "B"}),
    ],
)
def test_forged_requests_are_refused(client: Any, path: str, form: dict[str, str]) -> None:
    assert client.post(path, form).status == 403
    assert client.post(path, {**form, "csrf": "guessed"}).status == 403
    assert client.get("/dashboard").status == 200


def test_the_interface_refuses_forged_requests_and_takes_true_ones(client: Any) -> None:
    body = json.dumps({"title": "From the interface", "body": "Hello"}).encode()
    assert client.ask("POST", "/api/v1/tickets", body).status == 403
    token = json.loads(client.get("/api/v1/session").body)["csrf"]
    made = client.ask("POST", "/api/v1/tickets", body, {"x-csrf-token": token})
    assert made.status == 201
    number = json.loads(made.body)["id"]
    words = json.dumps({"body": "More"}).encode()
    assert (
        client.ask("POST", f"/api/v1/tickets/{number}/comments", words, {"x-csrf-token": token}).status == 204
    )
    assert "More" in client.get(f"/tickets/{number}").text
    assert client.ask("POST", "/api/v1/tickets", b"[]", {"x-csrf-token": token}).status == 400
    assert client.ask("POST", "/api/v1/tickets", b"{", {"x-csrf-token": token}).status == 400


def test_a_client_cannot_write_into_another_tenant(client: Any) -> None:
    token = json.loads(client.get("/api/v1/session").body)["csrf"]
    body = json.dumps({"title": "T", "body": "B", "tenant": 2}).encode()
    number = json.loads(client.ask("POST", "/api/v1/tickets", body, {"x-csrf-token": token}).body)["id"]
    assert json.loads(client.get(f"/api/v1/tickets/{number}").body)["tenant"] == 1


def test_a_ticket_is_opened_found_and_commented(client: Any) -> None:
    token = client.get("/tickets/new").csrf
    made = client.post("/tickets/new", {"csrf": token, "title": "Broken <b>lamp</b>", "body": "At the pier"})
    assert made.status == 303
    page = client.get(made.header("location"))
    assert "Broken &lt;b&gt;lamp&lt;/b&gt;" in page.text
    client.post(made.header("location") + "/comments", {"csrf": token, "body": "It still flickers"})
    assert "It still flickers" in client.get(made.header("location")).text
    found = client.get("/tickets?q=LAMP").text
    assert made.header("location") in found
    assert "March statement" not in found


def test_lists_are_cut_into_pages(client: Any) -> None:
    first, second = client.get("/tickets?page=1").text, client.get("/tickets?page=2").text
    links = [set(re.findall(r'href="(/tickets/\d+)"', text)) for text in (first, second)]
    assert len(links[0]) == 10
    assert not links[0] & links[1]
    assert 'rel="next" href="/tickets?page=2"' in first
    assert client.get("/tickets?page=9999").status == 404
    assert client.get("/tickets?page=x").status == 404


def test_a_document_comes_back_as_it_was_sent(client: Any) -> None:
    token = client.get("/documents/new").csrf
    content = bytes(range(256))
    fields = (
        f'--cut\r\ncontent-disposition: form-data; name="csrf"\r\n\r\n{token}\r\n'
        '--cut\r\ncontent-disposition: form-data; name="file"; filename="plan é.bin"\r\n\r\n'
    ).encode()
    kind = {"content-type": "multipart/form-data; boundary=cut"}
    sent = client.ask("POST", "/documents/new", fields + content + b"\r\n--cut--\r\n", kind)
    assert sent.status == 303
    newest = re.findall(r'href="(/documents/\d+)"', client.get("/documents").text)[0]
    answer = client.get(newest)
    assert answer.body == content
    assert answer.header("content-disposition") == "attachment; filename*=UTF-8''plan%20%C3%A9.bin"


def test_an_invoice_comes_as_a_pdf_whose_table_is_exact(client: Any) -> None:
    answer = client.get("/invoices/1/pdf")
    assert answer.header("content-type") == "application/pdf"
    assert answer.body.startswith(b"%PDF-1.4")
    table = int(answer.body.split(b"startxref\n")[1].split(b"\n")[0])
    assert answer.body[table:].startswith(b"xref\n0 6\n")
    offsets = [int(line[:10]) for line in answer.body[table:].split(b"\n")[3:8]]
    for number, offset in enumerate(offsets, start=1):
        assert answer.body[offset:].startswith(b"%d 0 obj" % number)


def test_an_approval_is_decided_once(new_visitor: Callable[[], Any]) -> None:
    wes = new_visitor()
    wes.sign_in("wes@westpoint.test")
    number = min(_ids(wes, "approvals"))
    token = wes.get(f"/approvals/{number}").csrf
    form = {"csrf": token, "decision": "approved"}
    assert wes.post(f"/approvals/{number}/decision", {"csrf": token, "decision": "perhaps"}).status == 400
    assert wes.post(f"/approvals/{number}/decision", form).status == 303
    assert "This is approved." in wes.get(f"/approvals/{number}").text
    assert wes.post(f"/approvals/{number}/decision", form).status == 409


def test_the_audit_log_tells_who_did_what(new_visitor: Callable[[], Any]) -> None:
    ada = new_visitor()
    ada.sign_in(ADA)
    newest = json.loads(ada.get("/api/v1/audit").body)["items"][0]
    assert (newest["actor"], newest["action"]) == (ADA, "signed in")
    assert ADA in ada.get("/audit").text


def test_the_description_lists_what_the_interface_offers(visitor: Any) -> None:
    described = json.loads(visitor.get("/openapi.json").body)
    assert described["openapi"] == "3.1.0"
    for path in API:
        assert "/api/v1/" + re.sub(r"\d+", "{id}", path) in described["paths"]
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            answer = visitor.ask(method.upper(), re.sub(r"\{\w+\}", "1", path))
            assert answer.status == (200 if operation["security"] == [] else 401)


@pytest.mark.parametrize("host", ["www.lab.test", "lab.test", "old-portal.test"])
def test_other_hosts_lead_to_the_portal_in_two_steps(visitor: Any, host: str) -> None:
    target = "/help?page=1&x=%C3%A5"
    first = visitor.get(target, host=host, plain=True)
    assert (first.status, first.header("location")) == (
        308,
        f"https://{host}:{visitor.bed.https_port}{target}",
    )
    second = visitor.get(target, host=host)
    assert (second.status, second.header("location")) == (301, visitor.bed.url.rstrip("/") + target)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
def test_plain_http_redirects_every_method(visitor: Any, method: str) -> None:
    answer = visitor.ask(method, "/login?a=b", plain=True)
    assert (answer.status, answer.header("location")) == (308, visitor.bed.url + "login?a=b")
    assert not answer.all("strict-transport-security")


def test_a_host_that_is_not_here_is_refused(visitor: Any) -> None:
    assert visitor.get("/", plain=True, host="evil.test").status == 421
