"""Does the sound portal keep each client's records, and each role's doings, from everybody else?"""

import json
from collections.abc import Callable
from typing import Any

import pytest

NORA, SOL, SAM, ADA = "nora@northwind.test", "sol@southgate.test", "sam@lab.test", "ada@lab.test"
OF_SOL = {"tickets": 24, "invoices": 6, "documents": 4, "approvals": 3}
FORMS = [
    ("/tickets/24/comments", {"body": "B"}, 404),
    ("/tickets/24/edit", {"title": "T", "body": "B"}, 404),
    ("/tickets/24/close", {}, 404),
    ("/tickets/24/reopen", {}, 404),
    ("/tickets/24/delete", {}, 404),
    ("/tickets/1/fee", {"fee": "1"}, 403),
    ("/documents/4/rename", {"name": "N"}, 404),
    ("/documents/4/delete", {}, 404),
    ("/approvals/3/decision", {"decision": "approved"}, 404),
    ("/approvals/3/withdraw", {}, 404),
    ("/clients/1/notes", {"body": "B"}, 403),
    ("/notes/1/delete", {}, 403),
    ("/users/new", {"name": "N", "email": "n@northwind.test", "tenant": "1"}, 403),
    ("/users/4/role", {"role": "admin"}, 403),
    ("/users/4/delete", {}, 403),
    ("/settings", {"banner": "B"}, 403),
]
OPERATIONS = [
    ("PATCH", "tickets/24", {"title": "T"}, 404),
    ("DELETE", "tickets/24", None, 404),
    ("POST", "tickets/24/comments", {"body": "B"}, 404),
    ("PATCH", "documents/4", {"name": "N"}, 404),
    ("DELETE", "documents/4", None, 404),
    ("DELETE", "approvals/3", None, 404),
    ("POST", "approvals/3/decision", {"decision": "approved"}, 404),
    ("POST", "announcements", {"title": "T", "body": "B"}, 403),
    ("DELETE", "announcements/1", None, 403),
    ("PATCH", "users/4", {"name": "N"}, 403),
]
READS = [
    "/invoices/6.json",
    "/invoices/1.json/6",
    "/clients/1/invoices/6",
    "/clients/2/invoices/6",
    "/clients/2/invoices/1",
    "/feeds/4.xml",
    "/feeds/4/tickets.xml?key=guessed",
    "/feeds/4/tickets.xml",
    "/shared/invoices/1/guessed",
    "/api/v1/clients/1/invoices/6",
]

People = Callable[[], Any]


@pytest.fixture
def nora_and_sol(new_visitor: People) -> tuple[Any, Any]:
    nora, sol = new_visitor(), new_visitor()
    nora.sign_in(NORA)
    sol.sign_in(SOL)
    return nora, sol


def records(visitor: Any) -> list[Any]:
    return [json.loads(visitor.get(f"/api/v1/{table}/{number}").body) for table, number in OF_SOL.items()]


@pytest.mark.parametrize(("path", "form", "status"), FORMS)
def test_a_form_for_others_is_refused_and_changes_nothing(
    nora_and_sol: tuple[Any, Any], path: str, form: dict[str, str], status: int
) -> None:
    nora, sol = nora_and_sol
    before = records(sol)
    assert nora.post(path, {**form, "csrf": nora.get("/profile").csrf}).status == status
    assert records(sol) == before


@pytest.mark.parametrize(("method", "path", "body", "status"), OPERATIONS)
def test_an_operation_for_others_is_refused_and_changes_nothing(
    nora_and_sol: tuple[Any, Any], method: str, path: str, body: Any, status: int
) -> None:
    nora, sol = nora_and_sol
    before = records(sol)
    token = json.loads(nora.get("/api/v1/session").body)["csrf"]
    sent = json.dumps(body).encode() if body is not None else None
    assert nora.ask(method, f"/api/v1/{path}", sent, {"x-csrf-token": token}).status == status
    assert records(sol) == before


@pytest.mark.parametrize("path", READS)
def test_what_is_of_others_is_answered_as_if_it_were_not_there(
    nora_and_sol: tuple[Any, Any], path: str
) -> None:
    assert nora_and_sol[0].get(path).status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/search?q=southgate",
        "/invoices?client=2",
        "/invoices/export.csv",
        "/api/v1/tickets?client=2",
        "/api/v1/tickets/1?include=comments,similar",
    ],
)
def test_what_is_cut_to_the_caller_holds_nothing_of_others(nora_and_sol: tuple[Any, Any], path: str) -> None:
    text = nora_and_sol[0].get(path, headers={"x-client-id": "2"}).text
    assert "Southgate Sails" not in text
    assert "H-2026-2" not in text


def test_fields_that_are_not_meant_are_not_taken(client: Any) -> None:
    token = json.loads(client.get("/api/v1/session").body)["csrf"]
    more = {"role": "admin", "tenant": 2, "fee": 1, "status": "closed"}
    for path, body in (("profile", {"name": "Nora North"}), ("tickets/1", {"title": "T"})):
        sent = json.dumps({**more, "status": "open", **body}).encode()
        assert client.ask("PATCH", f"/api/v1/{path}", sent, {"x-csrf-token": token}).status == 204
    assert json.loads(client.get("/api/v1/profile").body)["role"] == "client"
    ticket = json.loads(client.get("/api/v1/tickets/1").body)
    assert (ticket["title"], ticket["tenant"], ticket["fee"]) == ("T", 1, 4900)


def test_what_staff_do_works(new_visitor: People) -> None:
    sam, ada = new_visitor(), new_visitor()
    sam.sign_in(SAM)
    ada.sign_in(ADA)
    token = sam.get("/profile").csrf
    assert sam.post("/tickets/1/fee", {"csrf": token, "fee": "100"}).status == 303
    assert "costs € 1.00" in sam.get("/tickets/1").text
    assert sam.post("/clients/2/notes", {"csrf": token, "body": "They row well"}).status == 303
    assert "They row well" in sam.get("/clients/2").text
    token = ada.get("/profile").csrf
    assert ada.post("/users/4/role", {"csrf": token, "role": "staff"}).status == 303
    assert ada.post("/users/1/delete", {"csrf": token}).status == 409
    assert ada.post("/settings", {"csrf": token, "banner": "Fog today"}).status == 303
    assert "Fog today" in sam.get("/dashboard").text
