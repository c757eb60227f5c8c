"""Queries of GraphQL that lead on from a record, and back to records of a kind that was met on the way."""

import graphql
import pytest

from launchready.collect.reach.sources.graphql_schema import INTROSPECTION, Schema

SHIPS = "type Ship { id: ID! name: String! loads: [Load!]! }"
PAGED = (
    "type Ship { id: ID! loads(first: Int): Loads! } type Loads { edges: [Edge!]! } type Edge { node: Load! }"
)


def beyond(sdl: str) -> dict[str, str]:
    schema = graphql.build_schema(sdl)
    told = graphql.graphql_sync(schema, INTROSPECTION)
    found = Schema.of({"data": told.data})
    assert found is not None
    queries = {each.name: each.beyond for each in found.requests() if not each.changes}
    for each in filter(None, queries.values()):
        assert graphql.validate(schema, graphql.parse(each)) == []
    return queries


@pytest.mark.parametrize(("ships", "way"), [(SHIPS, "loads{"), (PAGED, "loads(first:20){edges{node{")])
def test_from_a_load_over_its_ship_to_all_loads(ships: str, way: str) -> None:
    load = "type Load { id: ID! what: String! ship: Ship! }"
    found = beyond(f"type Query {{ load(id: ID!): Load }} {load} {ships}")
    assert f"ship{{{way}__typename id what}}" in found["load"].replace("{ ", "{")


def test_one_that_leads_back_to_a_single_record_tells_nothing() -> None:
    found = beyond(
        "type Query { load(id: ID!): Load } type Load { id: ID! bill: Bill! } type Bill { load: Load! }"
    )
    assert found == {"load": ""}


def test_what_needs_something_to_be_asked_is_left_out() -> None:
    ship = "type Ship { id: ID! loads(day: String!): [Load!]! }"
    found = beyond(f"type Query {{ load(id: ID!): Load }} type Load {{ id: ID! ship: Ship! }} {ship}")
    assert found == {"load": ""}
