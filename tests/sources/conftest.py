"""A small portal on loopback: pages that scripts make, an API, GraphQL, and people who hold sessions there."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import graphql
import pytest
from tests.conftest import Asked

from launchready.collect.http import crawl
from launchready.collect.people import People
from launchready.collect.reach.sources import Learned, learned
from launchready.evidence.http import Crawl
from launchready.site import Site
from launchready.wire import Touch, Wire

SIDS = {"q3Vb81mXpL0tYw7RzKcD": "nora", "h6Jf42sNvG9uEa5TqBxM": "sol"}
ORDERS = {
    "nora": [{"id": 1001, "title": "Rope, forty metres", "author": {"id": 7, "name": "Ann Stone"}},
             {"id": 1002, "title": "Two anchors, galvanised", "author": {"id": 7, "name": "Ann Stone"}}],
    "sol": [{"id": 2001, "title": "Sail cloth, white", "author": {"id": 9, "name": "Bob Reed"}}],
}  # fmt: skip
SHELL = b"<!doctype html><title>Orders</title><div id=app></div><script src=/app.js></script>"
SCRIPT = b"""
const ask = async (method, path, body) => {
  const headers = {"x-tenant": "7", "x-csrf-token": "once-only"};
  if (body) headers["content-type"] = "application/json";
  const answer = await fetch(path, {method, headers, body: body && JSON.stringify(body)});
  return answer.json();
};
const app = document.getElementById("app");
const make = (tag, says, set) => Object.assign(document.createElement(tag), {textContent: says}, set);
const form = (action, says) => {
  const made = make("form", "", {action, method: "post"});
  made.append(make("input", "", {name: "why", value: "done"}), make("button", says, {type: "submit"}));
  return made;
};
const nav = () => [make("a", "Orders", {href: "/app/orders"}), make("a", "News", {href: "/app/news"}),
  make("a", "Log out", {href: "/app/logout"})];
const views = {
  "/app": async () => [make("p", (await ask("GET", "/api/me")).email)],
  "/app/news": async () => {
    await ask("POST", "/api/seen", {page: "news"});
    const found = await ask("POST", "/api/search", {text: "", page: 1});
    return found.items.map((each) => make("p", each.title));
  },
  "/app/orders": async () => (await ask("GET", "/api/orders")).data.map((each) =>
    make("a", each.title, {href: `/app/orders/${each.id}`})),
};
const order = async (id) => {
  const query = "query One($id: ID!) { order(id: $id) { id title } }";
  const { data } = await ask("POST", "/graphql", {query, variables: {id}});
  return [make("h1", data.order.title), make("button", "Late ones", {onclick: () => ask("GET", "/api/orders?late=1")}),
    make("button", "Go on", {onclick: () => ask("POST", `/api/orders/${id}/step`, {note: "ready", way: 2})}),
    form("/api/orders/" + id + "/close", "Close order"), make("button", "Delete it", {onclick: () => ask("DELETE", `/api/orders/${id}`)})];
};
const show = async () => {
  const path = location.pathname;
  const id = path.match(/^\\/app\\/orders\\/(.+)$/);
  app.replaceChildren(...nav(), ...(id ? await order(id[1]) : await (views[path] || (() => []))()));
};
document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  event.preventDefault();
  history.pushState({}, "", link.getAttribute("href"));
  show();
});
show();
"""
SDL = """
interface Node { id: ID! }
enum Stage { OPEN CLOSED }
scalar Day
type Person { id: ID! name: String! orders(first: Int!): [Order!]! }
type Order implements Node { id: ID! title: String! stage: Stage placed: Day owner: Person lines(first: Int): LineConnection!
  note(style: String!): String }
type Line implements Node { id: ID! text: String! order: Order! }
type LineEdge { node: Line! cursor: String! }
type LineConnection { edges: [LineEdge!]! total: Int! }
input OrderInput { title: String!, stage: Stage, customerId: ID, parts: [OrderInput!] }
type OrderPayload { order: Order ok: Boolean! }
type Query { orders(first: Int, customerId: ID): [Order!]! order(id: ID!): Order line(id: ID!): Line node(id: ID!): Node
  version: String! find(text: String!, stages: [Stage!]!): [Order!]! }
type Mutation { createOrder(input: OrderInput!): OrderPayload! deleteOrder(id: ID!): Boolean! }
"""

Reply = tuple[int, str, bytes]


def data(value: Any, status: int = 200) -> Reply:
    return status, "application/json", json.dumps(value).encode()


@dataclass
class Portal:
    """Answers; `more` comes first, and `introspects` says whether the schema is told."""

    asked: list[Asked] = field(default_factory=list)
    more: Callable[[Asked, str], Reply | None] = lambda _asked, _user: None
    introspects: bool = True
    schema: graphql.GraphQLSchema = field(default_factory=lambda: graphql.build_schema(SDL))

    def __call__(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        user = SIDS.get(asked.cookies.get("sid", ""), "")
        return self.more(asked, user) or self.public(asked, user) or data({"error": "sign in"}, 401)

    def public(self, asked: Asked, user: str) -> Reply | None:
        if asked.path == "/app.js":
            return 200, "text/javascript", SCRIPT
        if asked.path == "/":
            return (
                200,
                "text/html",
                b"<!doctype html><title>Boats</title><h1>Welcome</h1><a href=/app>To your orders</a>",
            )
        if asked.path.startswith("/app"):
            return 200, "text/html", SHELL
        return self.inside(asked, user) if user else None

    def inside(self, asked: Asked, user: str) -> Reply:
        mine = ORDERS[user]
        match asked.method, asked.path:
            case "GET", "/api/me":
                return data({"email": f"{user}@example.test", "name": f"{user} of the harbour"})
            case "GET", "/api/orders":
                return data({"data": mine, "count": len(mine)})
            case "POST", "/api/search":
                return data({"items": mine})
            case "POST", "/api/seen":
                return data({"ok": True})
            case "POST", "/graphql":
                return self.graph(json.loads(asked.body), user)
        found = [each for each in mine if asked.path == f"/api/orders/{each['id']}"]
        return data(
            found[0] if found and asked.method == "GET" else {"error": "not found"}, 200 if found else 404
        )

    def graph(self, body: dict[str, Any], user: str) -> Reply:
        if "__schema" in body["query"] and not self.introspects:
            return data({"errors": [{"message": "introspection is not allowed"}]}, 400)
        mine = [{**each, "__typename": "Order", "lines": {"edges": [], "total": 0}} for each in ORDERS[user]]
        root = {
            "orders": lambda _info, **_: mine,
            "order": lambda _info, **by: next((each for each in mine if str(each["id"]) == by["id"]), None),
            "node": lambda _info, **by: next((each for each in mine if str(each["id"]) == by["id"]), None),
            "version": "3.1-harbour",
            "find": lambda _info, **_: mine,
        }
        done = graphql.graphql_sync(self.schema, body["query"], root, variable_values=body.get("variables"))
        return data(done.formatted, 200)

    def wrote(self) -> list[str]:
        """What changed something, or would have."""
        reads = ("/api/search", "/graphql")
        return [
            f"{each.method} {each.path}"
            for each in self.asked
            if each.method != "GET" and each.path not in reads
        ]


@dataclass
class Harbour:
    """The running portal and what looks at it."""

    site: Site
    people: People
    wire: Wire
    url: str
    crawled: Crawl | None = None

    async def learned(self, party: str = "nora") -> Learned:
        if self.crawled is None:
            self.crawled = await crawl(self.wire, self.site, self.people, await self.people.everybody())
        return await learned(self.people, self.crawled, party)


@asynccontextmanager
async def running(
    loopback: Any, portal: Portal, *, browser: bool = False, **authz: Any
) -> AsyncIterator[Harbour]:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            status, kind, content = portal(await Asked.read(reader))
            writer.write(
                f"HTTP/1.1 {status} X\r\nContent-Length: {len(content)}\r\nContent-Type: {kind}\r\n\r\n".encode()
                + content
            )
            await writer.drain()

    secrets = {}
    for sid, user in SIDS.items():
        secrets[user] = Path(loopback.folder, user)
        secrets[user].write_text(f"sid={sid}")
    async with loopback.serve(handle, loopback.tls()) as port:
        url = f"https://localhost:{port}"
        site = Site(
            portal={"url": f"{url}/"},
            scope={"addresses": ["127.0.0.0/8", "::1/128"]},
            tls={"extra_ca": [loopback.ca_file]},
            crawl={"timeout": 5.0, "requests_per_second": 1000},
            identity=[
                {"name": user, "tenant": user, "cookie": f"file:{path}", "proof": "/api/me"}
                for user, path in secrets.items()
            ],
            authz=authz,
        )
        wire = Wire(
            site,
            journal=loopback.journal,
            attach=lambda _data, suffix: suffix,
            consent=Touch.SIGN_IN,
            browser=browser,
        )
        async with wire:
            yield Harbour(site, People(wire, site), wire, url)


@pytest.fixture
def portal() -> Portal:
    return Portal()
