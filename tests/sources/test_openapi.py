"""What is learned from an OpenAPI document, and what comes of one that is none."""

import json
from pathlib import Path
from typing import Any

import pytest

from launchready.collect.people.openapi import document, operations
from launchready.collect.reach.call import Offered
from launchready.collect.reach.sources import filled, open_slots
from launchready.collect.reach.sources.described import offered
from launchready.errors import UsageError

from .conftest import Asked, Portal, Reply, data, running

PORTAL = "https://portal.test/"
ORDER = {
    "type": "object",
    "required": ["title", "amount"],
    "properties": {
        "id": {"type": "integer", "readOnly": True},
        "title": {"type": "string", "minLength": 6},
        "amount": {"type": "integer", "minimum": 5},
        "customerId": {"type": "string", "format": "uuid"},
        "stage": {"enum": ["open", "closed"]},
        "due": {"type": ["string", "null"], "format": "date"},
        "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Order"}},
        "extra": {"oneOf": [{"type": "null"}, {"type": "boolean"}]},
    },
}


def described(paths: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"openapi": "3.1.0", "paths": paths, "components": {"schemas": {"Order": ORDER}}, **more}


def calls(content: dict[str, Any], hosts: tuple[str, ...] = ("portal.test",)) -> dict[str, Offered]:
    found = operations(content, f"{PORTAL}openapi.json", hosts, PORTAL)
    return {f"{each.call.method} {each.call.url}": each for each in offered(found, PORTAL)}


def body_of(schema: Any, media: str = "application/json") -> dict[str, Any]:
    return {"requestBody": {"content": {media: {"schema": schema}}}}


def test_a_body_has_values_of_the_right_types_and_an_end() -> None:
    found = calls(described({"/orders": {"post": body_of({"$ref": "#/components/schemas/Order"})}}))
    call = found["POST https://portal.test/orders"]
    sent = json.loads(call.call.body)
    assert not call.call.reads
    assert call.fields[:2] == ("title", "amount")
    assert "id" not in call.fields
    assert (len(sent["title"]) >= 6, sent["amount"], sent["customerId"]) == (True, 5, "{customerId}")
    assert (sent["stage"], sent["due"], sent["extra"]) == ("open", "2026-01-15", True)
    assert sent["parts"][0]["amount"] == 5  # a circle, left after a few rounds
    assert open_slots(call.call) == ("customerId",)
    assert json.loads(filled(call.call, {"customerId": 12}).body)["customerId"] == 12


def test_parameters_stand_where_they_are_sent_and_records_are_left_open() -> None:
    operation = {
        "parameters": [
            {"name": "orderId", "in": "path", "required": True, "schema": {"type": "integer"}, "example": 1},
            {"name": "view", "in": "query", "required": True, "schema": {"enum": ["short", "long"]}},
            {"name": "clientId", "in": "query", "required": True, "schema": {"type": "string"}},
            {"name": "expand", "in": "query", "schema": {"type": "string"}},
            {
                "name": "X-Tenant",
                "in": "header",
                "required": True,
                "schema": {"type": "string"},
                "example": "t1",
            },
            {"name": "X-Api-Key", "in": "header", "required": True, "schema": {"type": "string"}},
        ]
    }
    (call,) = calls(described({"/orders/{orderId}": {"get": operation}})).values()
    assert call.call.url == "https://portal.test/orders/{orderId}?view=short&clientId={clientId}"
    assert dict(call.call.headers) == {"accept": "application/json", "x-tenant": "t1"}
    assert call.call.reads
    assert "expand" in call.fields
    made = filled(call.call, {"orderId": 7, "clientId": "a/b"})
    assert (made.url, open_slots(made)) == ("https://portal.test/orders/7?view=short&clientId=a%2Fb", ())


@pytest.mark.parametrize(
    ("servers", "expected"),
    [
        ([{"url": "/v1"}], "https://portal.test/v1/x"),
        (
            [{"url": "https://api.test/{stage}", "variables": {"stage": {"default": "live"}}}],
            "https://api.test/live/x",
        ),
        ([{"url": "https://elsewhere.test/"}, {"url": "https://portal.test/b"}], "https://portal.test/b/x"),
        ([{"url": "http://localhost:8000/api"}], "https://portal.test/api/x"),
        ([{"url": "https://elsewhere.test/"}], None),
    ],
    ids=["relative", "variable", "second", "made-up", "foreign"],
)
def test_only_servers_in_scope_are_asked(servers: list[Any], expected: str | None) -> None:
    found = calls(described({"/x": {"get": {}}}, servers=servers), ("portal.test", "api.test"))
    assert [each.call.url for each in found.values()] == ([expected] if expected else [])


def test_swagger_2_with_a_form() -> None:
    swagger = {
        "swagger": "2.0",
        "host": "portal.test",
        "basePath": "/api",
        "schemes": ["https"],
        "paths": {
            "/notes": {
                "post": {
                    "consumes": ["application/x-www-form-urlencoded"],
                    "parameters": [{"name": "text", "in": "formData", "type": "string", "required": True}],
                }
            }
        },
    }
    call = calls(swagger)["POST https://portal.test/api/notes"].call
    assert (call.body, dict(call.headers)["content-type"]) == (
        b"text=test",
        "application/x-www-form-urlencoded",
    )


def test_what_signs_in_or_acts_is_never_a_read() -> None:
    paths = {
        "/auth/login": {"post": body_of({"properties": {"email": {}, "password": {}}})},
        "/logout": {"get": {}},
        "/orders/{id}/delete": {"get": {}},
        "/orders/{id}": {"get": {"summary": "Approve an order"}, "head": {"summary": "Order details"}},
        "/items": {"get": {"operationId": "purgeItems"}, "head": {"operationId": "getItems"}},
    }
    found = calls(described(paths))
    assert {url: each.call.reads for url, each in found.items()} == {
        "GET https://portal.test/orders/{id}/delete": False,
        "GET https://portal.test/orders/{id}": False,
        "HEAD https://portal.test/orders/{id}": True,
        "GET https://portal.test/items": False,
        "HEAD https://portal.test/items": True,
    }


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"<html>", "paths"),
        (b"{not json", "neither"),
        (b"openapi: [paths", "neither"),
        (b'{"openapi": "3.0.0"}', "paths"),
        (b"\xff\xfe", "UTF-8"),
        (b'{"paths": ' + b"[" * 100_000, "JSON"),
        (b"openapi: 3.0.0\npaths: " + b"[" * 100_000, "neither"),
    ],
    ids=["page", "broken-json", "broken-yaml", "no-paths", "encoding", "deep-json", "deep-yaml"],
)
def test_what_is_no_document_is_said_in_a_few_words(body: bytes, says: str) -> None:
    found = document(body)
    assert isinstance(found, str)
    assert says in found or "deep" in found


@pytest.mark.parametrize(
    "odd",
    [
        {"/a": {"$ref": "#/paths/~1a"}},
        {
            "/a": None,
            "/b": {"get": None, "parameters": "x"},
            "/c": {"get": {"parameters": [None, {"in": "path"}]}},
        },
        {"/a": {"post": body_of({"$ref": "https://elsewhere.test/schema.json"})}},
        {
            "/a": {
                "post": {
                    "requestBody": {
                        "content": {"application/json": {"schema": {"allOf": "x", "properties": []}}}
                    }
                }
            }
        },
        {
            "/a": {
                "post": body_of(
                    {"type": "object", "properties": {"x": {"$ref": "#/paths/~1a/post/requestBody"}}}
                )
            }
        },
    ],
    ids=["circle", "nothing", "outside", "wrong-types", "into-itself"],
)
def test_odd_documents_do_no_harm(odd: dict[str, Any]) -> None:
    calls(described(odd))


def test_a_label_says_for_whom_an_operation_is() -> None:
    operation = {
        "operationId": "release",
        "summary": "Let it go",
        "tags": ["orders"],
        "security": [{"bearer": ["admin"]}],
    }
    (call,) = calls(described({"/x": {"post": operation}})).values()
    assert call.label == "release Let it go orders admin"


def test_a_document_of_many_operations_is_cut() -> None:
    found = calls(described({f"/a{n}": {"get": {}} for n in range(2_500)}))
    assert len(found) == 2_000


DOCUMENT = {
    "openapi": "3.0.0",
    "paths": {
        "/api/orders": {"get": {}, "post": body_of({"properties": {"title": {"type": "string"}}})},
        "/api/orders/{id}": {"get": {}, "delete": {}},
        "/api/people/{id}": {"get": {}},
    },
}


async def test_a_party_is_asked_for_what_it_owns_and_for_nothing_that_is_merely_mentioned(
    loopback: Any, portal: Portal
) -> None:
    def more(asked: Asked, _user: str) -> Reply | None:
        return data(DOCUMENT) if asked.path == "/openapi.json" else None

    portal.more = more
    async with running(loopback, portal) as harbour:
        nora, sol, nobody = [await harbour.learned(each) for each in ("nora", "sol", "anonymous")]
    reads = {each.call.url.removeprefix(harbour.url) for each in nora.shown if each.call.source == "openapi"}
    assert reads == {"/api/orders", "/api/orders/1001", "/api/orders/1002"}
    assert {each.call.url.rpartition("/")[2] for each in sol.shown if each.call.source == "openapi"} == {
        "orders",
        "2001",
    }
    assert all(each.party == "nora" and each.answer.exchange.status == 200 for each in nora.shown)
    assert not [each.path for each in portal.asked if each.path.startswith("/api/people")]
    assert nobody.shown == ()
    writes = [
        f"{each.call.method} {each.call.url.removeprefix(harbour.url)}"
        for each in nobody.offered
        if not each.call.reads
    ]
    assert writes == ["POST /api/orders", "DELETE /api/orders/{id}"]
    assert not [each for each in portal.wrote() if "orders" in each]


async def test_a_document_behind_the_sign_in_is_read_as_somebody_and_yaml_too(
    loopback: Any, portal: Portal
) -> None:
    yaml = b"openapi: 3.0.0\npaths:\n  /api/me:\n    get: {responses: {200: {description: x}}}\n"

    def more(asked: Asked, user: str) -> Reply | None:
        return (200, "application/yaml", yaml) if asked.path == "/docs/api.yaml" and user else None

    portal.more = more
    async with running(loopback, portal, openapi="https://localhost/docs/api.yaml") as harbour:
        harbour.people.site.authz.__dict__["openapi"] = (
            f"{harbour.url}/docs/api.yaml"  # the port is known only now
        )
        found = await harbour.learned()
    assert [each.call.url for each in found.shown if each.call.source == "openapi"] == [
        f"{harbour.url}/api/me"
    ]


async def test_a_wrong_file_is_the_portal_files_mistake(loopback: Any, portal: Portal) -> None:
    path = Path(loopback.folder, "api.json")
    path.write_text("[]")  # noqa: ASYNC240 -- no other task is there yet
    async with running(loopback, portal, openapi=str(path)) as harbour:
        with pytest.raises(UsageError, match=r"`openapi` in \[authz\]: .*no `paths`"):
            await harbour.learned()
