"""What does quay answer in GraphQL? Orders and what hangs on them, under global identifiers, at one address."""

from __future__ import annotations

import base64
import binascii
import traceback
from functools import cache
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLSchema,
    OperationType,
    build_schema,
    get_operation_ast,
    graphql_sync,
    parse,
)
from graphql.error import GraphQLSyntaxError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from launchready_testbed.quay.api import Call, Endpoint, answered, sent
from launchready_testbed.quay.people import number_of
from launchready_testbed.quay.records import VESSELS, Record

SCHEMA = """
type Query {
  me: Viewer!
  node(id: ID!): Node
  order(id: ID!): Order
  orders(tenant: ID, text: String): [Order!]!
}
type Mutation { updateOrder(id: ID!, goods: String!): Order }
interface Node { id: ID! }
type Viewer { name: String!, role: String!, tenant: Tenant }
type Tenant implements Node { id: ID!, name: String!, city: String! }
type Order implements Node {
  id: ID!
  reference: String!
  goods: String!
  priceCents: Int!
  placed: String!
  status: String!
  consignee: String!
  tenant: Tenant!
  shipments: [Shipment!]!
}
type Shipment implements Node { id: ID!, place: String!, seen: String!, order: Order!, vessel: Vessel! }
type Vessel implements Node { id: ID!, name: String!, shipments: [Shipment!]! }
"""
_TABLES = {"Order": "orders", "Shipment": "shipments", "Tenant": "tenants"}
_ASKS_FOR_SCHEMA = {"__schema", "__type", "__typename"}


@cache
def _schema() -> GraphQLSchema:
    return build_schema(SCHEMA)


def global_id(kind: str, number: str) -> str:
    """What stands for a record in GraphQL: its kind and identifier, armoured."""
    return base64.b64encode(f"{kind}:{number}".encode()).decode()


def _meant(wanted: str) -> tuple[str, str]:
    """Kind and identifier in a global identifier; empty where it is none."""
    try:
        kind, _, number = base64.b64decode(wanted, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return "", ""
    return kind, number


class Root:
    """Answers the fields of the query and the mutation, for one call."""

    def __init__(self, call: Call) -> None:
        self._call = call

    def me(self, _info: object) -> Record:
        """Who asks."""
        person = self._call.person
        tenants = self._call.ledger.tables["tenants"]
        tenant = tenants.get(person.tenant or "")
        return {"name": person.name, "role": person.role, "tenant": tenant and self._tenant(tenant)}

    def node(self, _info: object, id: str) -> Record | None:  # noqa: A002 - GraphQL's name
        """Any record."""
        kind, number = _meant(id)
        if kind == "Vessel":
            return next((self._vessel(name) for name in VESSELS if number_of("vessel", name) == number), None)
        record = self._mine(_TABLES.get(kind, ""), number, "graphql node")
        if record is None and not self._call.policy.manner.node_null:
            raise GraphQLError("There is no such node.")
        return record and {"orders": self._order, "shipments": self._shipment, "tenants": self._tenant}[
            _TABLES[kind]
        ](record)

    def order(self, _info: object, id: str) -> Record | None:  # noqa: A002
        """One order."""
        kind, number = _meant(id)
        record = self._mine("orders", number, "graphql order") if kind == "Order" else None
        if record is None and self._call.policy.manner.graphql_says_why:
            raise GraphQLError("There is no such order.", extensions={"code": "NOT_FOUND"})
        return record and self._order(record)

    def orders(self, _info: object, tenant: str | None = None, text: str = "") -> list[Record]:
        """The caller's orders, or those of the client that the house asks for."""
        own = self._call.person.tenant
        wanted = tenant if own is None or (tenant and self._call.is_loose("graphql orders")) else own
        rows = self._call.ledger.of("orders", wanted)
        return [self._order(row) for row in rows if text.lower() in row["goods"].lower()]

    def updateOrder(self, _info: object, id: str, goods: str) -> Record | None:  # noqa: A002, N802
        """Changes what an order is about."""
        kind, number = _meant(id)
        record = self._mine("orders", number, "graphql updateOrder") if kind == "Order" else None
        if record is None or not goods.strip() or len(goods) > 2000:
            return None
        record["goods"] = goods.strip()
        self._call.ledger.note(self._call.person.email, "changed", f"orders {number}")
        return self._order(record)

    def _mine(self, table: str, number: str, place: str) -> Record | None:
        record = self._call.ledger.tables.get(table, {}).get(number)
        return record if record and self._call.may_have(record, place) else None

    def _tenant(self, row: Record) -> Record:
        return {"__typename": "Tenant", **row, "id": global_id("Tenant", row["id"])}

    def _order(self, row: Record) -> Record:
        ledger = self._call.ledger
        shipments = (each for each in ledger.of("shipments", None) if each["order"] == row["id"])
        return {
            "__typename": "Order",
            **row,
            "id": global_id("Order", row["id"]),
            "priceCents": row["price_cents"],
            "tenant": lambda _info: self._tenant(ledger.tables["tenants"][row["tenant"]]),
            "shipments": lambda _info: [self._shipment(each) for each in shipments],
        }

    def _shipment(self, row: Record) -> Record:
        return {
            "__typename": "Shipment",
            **row,
            "id": global_id("Shipment", row["id"]),
            "order": lambda _info: self._order(self._call.ledger.tables["orders"][row["order"]]),
            "vessel": lambda _info: self._vessel(row["vessel"]),
        }

    def _vessel(self, name: str) -> Record:
        """A ship, and what it carries for the caller: a ship is everybody's, what is on it is not."""
        rows = self._call.ledger.of("shipments", None)
        mine = [row for row in rows if self._call.may_have(row, "graphql vessel.shipments")]
        return {
            "__typename": "Vessel",
            "id": global_id("Vessel", number_of("vessel", name)),
            "name": name,
            "shipments": lambda _info: [self._shipment(row) for row in mine if row["vessel"] == name],
        }


async def graphql(call: Call) -> Response:
    """One operation; answered 200 where it could be understood, whatever became of it."""
    if not (call.policy.manner.introspection_for_all and call.caller is None):
        call.needs_somebody()
    body = await sent(call)
    query, variables = body.get("query"), body.get("variables") or {}
    if not isinstance(query, str) or not isinstance(variables, dict):
        raise HTTPException(400)
    if call.caller is None and call.policy.manner.introspection_for_all and not _only_asks_for_schema(query):
        call.needs_somebody()
    result = graphql_sync(
        _schema(),
        query,
        root_value=Root(call),
        variable_values=variables,
        operation_name=body.get("operationName"),
    )
    told: dict[str, Any] = dict(result.formatted)
    if result.errors and call.policy.graphql_shows_traces:
        told["errors"] = [{**error.formatted, "extensions": _trace_of(error)} for error in result.errors]
    return answered(told)


def _trace_of(error: GraphQLError) -> dict[str, object]:
    """As servers for development add it: the text of what was raised and where, line by line."""
    raised = error.original_error or error
    return {"exception": {"stacktrace": traceback.format_exception(raised)}}


def _only_asks_for_schema(query: str) -> bool:
    """Whether no field of ours stands at the root of the operation."""
    try:
        operation = get_operation_ast(parse(query))
    except GraphQLSyntaxError:
        return False
    if operation is None or operation.operation is not OperationType.QUERY:
        return False
    names: set[Any] = {
        getattr(getattr(each, "name", None), "value", "") for each in operation.selection_set.selections
    }
    kinds = {each.kind for each in operation.selection_set.selections}
    return kinds == {"field"} and names <= _ASKS_FOR_SCHEMA


GRAPH: tuple[Endpoint, ...] = (("POST", "/graphql", graphql),)
"""The one endpoint."""
