// What the pages about records look like, and what they ask for.

import { ask, read, retrieve } from "./session.js";
import { field, form, make, money, table } from "./views.js";

const listed = (title, path, columns) => async () => {
  const { data } = await ask("GET", path);
  return [make("h1", {}, title), table(columns, data)];
};
const link = (section, id, text) => make("a", { href: `/${section}/${encodeURIComponent(id)}` }, text);
const ORDER_COLUMNS = [
  ["Reference", (row) => link("orders", row.id, row.reference)],
  ["Goods", (row) => row.goods],
  ["Placed", (row) => row.placed],
];

export async function orders({ me, go }) {
  const hits = make("div");
  const find = async ({ text }) => {
    const { data } = await ask("POST", "/orders/search", { text });
    hits.replaceChildren(table(ORDER_COLUMNS, data));
  };
  const place = async ({ goods }) => go(`/orders/${(await ask("POST", "/orders", { goods })).id}`);
  await find({ text: "" });
  return [
    make("h1", {}, "Orders"),
    form([field("Find", { name: "text", type: "search" })], "Find", find),
    hits,
    ...(me.tenant ? [make("h2", {}, "New order"), form([field("Goods", { name: "goods" })], "Order", place)] : []),
  ];
}

const DETAIL = `query Detail($id: ID!) {
  order(id: $id) { consignee shipments { place vessel { name shipments { seen order { reference goods } } } } }
}`;
const BESIDE = `query Beside($tenant: ID) { orders(tenant: $tenant) { id reference placed } }`;

export async function order({ me, go, show }, id) {
  const found = await ask("GET", `/orders/${encodeURIComponent(id)}`);
  const path = `/orders/${encodeURIComponent(found.id)}`;
  const { data } = await ask("POST", "/graphql", { query: DETAIL, variables: { id: btoa(`Order:${found.id}`) } });
  const beside = await ask("POST", "/graphql", { query: BESIDE, variables: { tenant: found.tenant } });
  const change = async ({ goods }) => {
    await ask("PATCH", path, { goods });
    show();
  };
  const cancel = async () => {
    await ask("DELETE", path);
    go("/orders");
  };
  const close = async () => {
    await ask("POST", `${path}/close`);
    show();
  };
  const legs = data.order.shipments.map(({ place, vessel }) =>
    make("li", {}, `${place} (${vessel.name}, with ${vessel.shipments.map((each) => each.order.reference).join(", ")})`),
  );
  return [
    make("h1", {}, `Order ${found.reference}`),
    make("p", {}, found.goods),
    make("p", {}, money(found.price_cents)),
    make("p", {}, `${data.order.consignee}, ${found.status}`),
    make("ul", {}, ...legs),
    make("p", {}, `${beside.data.orders.length} orders of this client`),
    make("p", {}, link("references", found.reference, "Find by reference")),
    form([field("Goods", { name: "goods", value: found.goods })], "Change", change),
    form([], "Cancel order", cancel),
    ...(me.role === "client" ? [] : [form([], "Close order", close, { method: "post", action: `/api/v2${path}/close` })]),
  ];
}

export async function reference(_here, reference) {
  const found = await ask("GET", `/references/${encodeURIComponent(reference)}`);
  return [make("h1", {}, found.reference), make("p", {}, link("orders", found.id, found.goods))];
}

export async function shipments() {
  const { data } = await ask("GET", "/shipments");
  const requests = data.slice(0, 20).map((row) => ({ method: "GET", path: `/orders/${row.order}` }));
  const { responses } = await ask("POST", "/batch", { requests });
  const references = Object.fromEntries(responses.filter((each) => each?.status === 200).map(({ body }) => [body.id, body.reference]));
  const columns = [
    ["Where", (row) => link("shipments", row.id, row.place)],
    ["Seen", (row) => row.seen],
    ["Order", (row) => link("orders", row.order, references[row.order] ?? "Open")],
  ];
  return [make("h1", {}, "Shipments"), table(columns, data)];
}

export async function shipment(_here, id) {
  const found = await ask("GET", `/shipments/${encodeURIComponent(id)}`);
  const whole = await ask("POST", "/orders/get", { id: found.order });
  return [make("h1", {}, found.place), make("p", {}, link("orders", whole.id, `${whole.reference}: ${whole.goods}`)), make("p", {}, found.vessel)];
}

export async function messages({ me, show }) {
  const { data } = await ask("GET", "/messages");
  const write = async ({ text }) => {
    await ask("POST", "/messages", { text });
    show();
  };
  const columns = [
    ["From", (row) => row.author],
    ["Message", (row) => link("messages", row.id, row.text)],
  ];
  return [
    make("h1", {}, "Messages"),
    table(columns, data),
    ...(me.tenant ? [make("h2", {}, "New message"), form([field("Text", { name: "text" })], "Write", write)] : []),
  ];
}

export async function message({ go, show }, id) {
  const path = `/messages/${encodeURIComponent(id)}`;
  const found = await ask("GET", path);
  const change = async ({ text }) => {
    await ask("PATCH", path, { text });
    show();
  };
  const remove = async () => {
    await ask("DELETE", path);
    go("/messages");
  };
  return [
    make("h1", {}, `Message from ${found.author}`),
    make("p", {}, found.text),
    form([field("Text", { name: "text", value: found.text })], "Change", change),
    form([], "Delete message", remove),
  ];
}

export const files = listed("Files", "/files", [
  ["Name", (row) => (row.address ? link("files", row.id, row.name) : row.name)],
  ["Share", (row) => (row.link ? make("a", { href: row.link, download: "" }, "Link for others") : "")],
  ["", (row) => make("button", { type: "button", on: { click: () => retrieve(`/files/${row.id}/content`, row.name) } }, "Save")],
]);

export async function file(_here, id) {
  const found = await ask("GET", `/files/${encodeURIComponent(id)}`);
  const text = await read(`/files/${encodeURIComponent(id)}/content`);
  const address = `/documents/${encodeURIComponent(found.address)}`;
  const same = await read(address);
  const button = make("button", { type: "button", on: { click: () => retrieve(address, found.name) } }, "Save");
  return [make("h1", {}, found.name), make("pre", {}, text), make("p", {}, `${same.length} characters`), button];
}

export const projects = listed("Projects", "/projects", [["Title", (row) => link("projects", row.slug, row.title)]]);

export async function project(_here, slug) {
  const found = await ask("GET", `/projects/${encodeURIComponent(slug)}`);
  return [make("h1", {}, found.title), make("p", {}, found.note)];
}

export const receipts = listed("Receipts", "/receipts", [
  ["Code", (row) => link("receipts", row.code, row.code)],
  ["Paid", (row) => row.paid],
]);

export async function receipt(_here, code) {
  const found = await ask("GET", `/receipts/${encodeURIComponent(code)}`);
  return [make("h1", {}, `Receipt ${found.code}`), make("p", {}, `${found.payer}: ${money(found.amount_cents)} for ${found.order}`)];
}

export const exports = listed("Exports", "/exports", [["Month", (row) => link("exports", row.name, row.name)]]);

export async function monthly(_here, name) {
  return [make("h1", {}, name), make("pre", {}, await read(`/exports/${encodeURIComponent(name)}`))];
}

export async function news() {
  const { items } = await ask("GET", "/feed.json");
  return [make("h1", {}, "News"), ...items.map((item) => make("p", {}, `${item.title}: ${item.content_text}`))];
}

export const catalogue = listed("Catalogue", "/catalogue", [["What", (row) => link("catalogue", row.id, row.name)]]);

export async function offer(_here, id) {
  const found = await ask("GET", `/catalogue/${encodeURIComponent(id)}`);
  return [make("h1", {}, found.name), make("p", {}, found.says)];
}

export const overview = listed("Overview", "/overview", [["Client", (row) => row.client], ...ORDER_COLUMNS]);

export const team = listed("Team", "/users", [
  ["Name", (row) => row.name],
  ["Role", (row) => row.role],
]);

export const audit = listed("Audit", "/audit", [
  ["When", (row) => row.at],
  ["Who", (row) => row.actor],
  ["What", (row) => row.action],
]);
