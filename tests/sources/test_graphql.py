"""Queries made out of a schema are valid and bounded; mutations are known and never sent."""

import json
from typing import Any

import graphql
import pytest

from launchready.collect.reach.sources import open_slots
from launchready.collect.reach.sources.graphql import queried
from launchready.collect.reach.sources.graphql_schema import INTROSPECTION, Request, Schema

from .conftest import SDL, Portal, running


def requests(sdl: str = SDL) -> list[Request]:
    built = graphql.build_schema(sdl)
    told = Schema.of(json.loads(json.dumps(graphql.graphql_sync(built, INTROSPECTION).formatted)))
    assert told is not None
    found = list(told.requests())
    for each in found:
        assert graphql.validate(built, graphql.parse(each.query)) == []
    return found


def test_each_query_is_valid_and_reaches_one_relation_far() -> None:
    found = {(each.name, *each.variables): each for each in requests()}
    assert found["order", "id"].variables == {"id": "{order_id}"}
    assert found["orders", "customerId", "first"].variables == {"customerId": "{customer_id}", "first": 20}
    assert found["orders", "first"].variables == {"first": 20}
    assert found["find", "text", "stages"].variables == {"text": "test", "stages": ["OPEN"]}
    order = found["order", "id"].query
    assert "owner{__typename id name}" in order
    assert "lines(first:20){__typename edges{__typename node{__typename id text} cursor} total}" in order
    assert "note" not in order  # it must be told a style
    assert "... on Order{id title stage placed}" in found["node", "id"].query


def test_mutations_hold_every_field_of_what_they_take() -> None:
    create, delete = (each for each in requests() if each.changes)
    assert create.fields == ("title", "stage", "customerId")
    assert create.variables["input"]["title"] == "test"
    assert create.variables["input"]["parts"][0]["title"] == "test"
    assert delete.variables == {"id": "{order_id}"}


def test_a_schema_of_everything_in_everything_stays_small() -> None:
    types = "".join(
        f"type T{n} {{ id: ID! " + " ".join(f"r{m}: T{m} l{m}: [T{m}!]" for m in range(20)) + " }"
        for n in range(20)
    )
    found = requests(types + "type Query { " + " ".join(f"q{n}(id: ID!): T{n}" for n in range(20)) + " }")
    assert len(found) == 20
    assert max(len(each.query) for each in found) < 2_000


@pytest.mark.parametrize(
    ("body", "reads"),
    [
        ({"query": "{ orders { id } }"}, True),
        ({"query": '# all\nquery A { a(text: "mutation { x }") }'}, True),
        ({"query": "mutation { x }"}, False),
        ({"query": "query A { a } mutation B { b }", "operationName": "B"}, False),
        ({"query": "query A { a },mutation B { b }", "operationName": "B"}, False),
        ({"query": "fragment F on A { a } subscription { x { ...F } }"}, False),
        ([{"query": "{ a }"}, {"query": "mutation { x }"}], False),
        ([{"query": "{ a }"}, {"query": "{ b }"}], True),
        ({"query": "anchors"}, None),
        ({"id": "3f2a", "variables": {}}, None),
        ([], None),
    ],
    ids=["short", "text", "mutation", "chosen", "comma", "subscription", "batch", "reads", "search", "stored", "empty"],
)  # fmt: skip
def test_only_what_certainly_reads_is_taken_for_reading(body: Any, *, reads: bool | None) -> None:
    assert queried("POST", "https://portal.test/graphql", json.dumps(body).encode()) is reads


async def test_a_schema_is_found_and_its_records_are_asked_for_by_own_ids(
    loopback: Any, portal: Portal
) -> None:
    async with running(loopback, portal) as harbour:
        nora = await harbour.learned("nora")
    shown = [json.loads(each.call.body) for each in nora.shown if each.call.source == "graphql"]
    ids = {each["variables"]["id"] for each in shown if "id" in each.get("variables", {})}
    assert ids == {"1001", "1002"}
    assert any(each["query"].startswith("query orders") for each in shown)
    mutations = [each for each in nora.offered if each.party == "nora" and not each.call.reads]
    assert {each.label: open_slots(each.call) for each in mutations} == {
        "createOrder": ("customer_id",),
        "deleteOrder": ("order_id",),
    }
    assert not [each for each in portal.asked if each.body.startswith(b'{"query": "mutation')]


async def test_a_schema_that_is_not_told_is_missing(loopback: Any, portal: Portal) -> None:
    portal.introspects = False
    async with running(loopback, portal) as harbour:
        nora = await harbour.learned("nora")
    assert [what for what, why in nora.unlooked if "schema" in why.detail] == ["graphql"]
    assert not [each for each in nora.offered if each.call.source == "graphql"]
