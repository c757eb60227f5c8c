// What each page looks like. Elements are made one by one: no text ever becomes markup.

import { ask, finish, signIn } from "./session.js";

export function make(tag, attributes = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else element.setAttribute(name, value);
  }
  element.append(...inside);
  return element;
}

function field(label, attributes) {
  return make("label", {}, label, make("input", { required: "", ...attributes }));
}

function form(fields, button, act) {
  const trouble = make("p", { class: "trouble", role: "alert" });
  const made = make("form", { novalidate: "" }, ...fields, make("button", { type: "submit" }, button), trouble);
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.textContent = "";
    try {
      await act(Object.fromEntries(new FormData(made)));
    } catch (error) {
      trouble.textContent = error.message;
    }
  });
  return made;
}

export function start() {
  return [
    make("h1", {}, "Freight without paper"),
    make("p", {}, "Quay shows our clients where their goods are."),
    make("p", {}, make("a", { href: "/sign-in" }, "Sign in")),
  ];
}

export function signInPage(go) {
  const place = make("div");
  const password = form(
    [
      field("E-mail", { name: "email", type: "email", autocomplete: "username" }),
      field("Password", { name: "password", type: "password", autocomplete: "current-password" }),
    ],
    "Sign in",
    async ({ email, password: word }) => {
      const { ticket } = await signIn(email, word);
      if (!ticket) return go("/orders");
      place.replaceChildren(secondStep(ticket, go));
      place.querySelector("input").focus();
    },
  );
  place.append(password);
  return [make("h1", {}, "Sign in"), place];
}

function secondStep(ticket, go) {
  const code = field("Six-digit code", { name: "code", inputmode: "numeric", autocomplete: "one-time-code", maxlength: "6" });
  return form([code], "Continue", async ({ code: digits }) => {
    await finish(ticket, digits);
    go("/orders");
  });
}

function table(columns, rows) {
  const head = make("tr", {}, ...columns.map(([title]) => make("th", { scope: "col" }, title)));
  const lines = rows.map((row) => make("tr", {}, ...columns.map(([, cell]) => make("td", {}, cell(row)))));
  return make("table", {}, make("thead", {}, head), make("tbody", {}, ...lines));
}

const listed = (title, path, columns) => async () => {
  const { data } = await ask("GET", path);
  return [make("h1", {}, title), table(columns, data)];
};

const money = (cents) => new Intl.NumberFormat("en", { style: "currency", currency: "EUR" }).format(cents / 100);

export const orders = listed("Orders", "/orders", [
  ["Reference", (row) => make("a", { href: `/orders/${row.id}` }, row.reference)],
  ["Goods", (row) => row.goods],
  ["Placed", (row) => row.placed],
]);

export const shipments = listed("Shipments", "/shipments", [
  ["Where", (row) => row.place],
  ["Seen", (row) => row.seen],
  ["Order", (row) => make("a", { href: `/orders/${row.order}` }, "Open")],
]);

export const messages = listed("Messages", "/messages", [
  ["From", (row) => row.author],
  ["Message", (row) => row.text],
]);

export const files = listed("Files", "/files", [["Name", (row) => row.name]]);

export const team = listed("Team", "/users", [
  ["Name", (row) => row.name],
  ["Role", (row) => row.role],
]);

export async function order(id) {
  const found = await ask("GET", `/orders/${encodeURIComponent(id)}`);
  return [
    make("h1", {}, `Order ${found.reference}`),
    make("p", {}, found.goods),
    make("p", {}, money(found.price_cents)),
  ];
}

export async function account() {
  const me = await ask("GET", "/me");
  return [make("h1", {}, me.name), make("p", {}, me.email), make("p", {}, `Role: ${me.role}`)];
}

export function noSuchPage() {
  return [make("h1", {}, "There is no such page"), make("p", {}, make("a", { href: "/" }, "To the start"))];
}
