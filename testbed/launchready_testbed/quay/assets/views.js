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

export function field(label, attributes) {
  return make("label", {}, label, make("input", { required: "", ...attributes }));
}

export function form(fields, button, act, attributes = {}) {
  const trouble = make("p", { class: "trouble", role: "alert" });
  const made = make("form", { novalidate: "", ...attributes }, ...fields, make("button", { type: "submit" }, button), trouble);
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

async function latest() {
  const { data } = await ask("GET", "/orders");
  const lines = data.slice(-5).map((row) => make("li", {}, make("a", { href: `/orders/${row.id}` }, `${row.reference}: ${row.status}`)));
  return [make("h1", {}, "Latest orders"), make("ul", {}, ...lines)];
}

export async function start(me) {
  if (me) return latest();
  const { incidents, names_customers: named } = await ask("GET", "/status");
  const lines = (incidents ?? []).map(({ says }) => says);
  if (named) lines.push(...(await ask("GET", "/customers")).data.map(({ name, city }) => `For ${name}, ${city}`));
  return [
    make("h1", {}, "Freight without paper"),
    make("p", {}, "Quay shows our clients where their goods are."),
    ...lines.map((line) => make("p", {}, line)),
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

export function table(columns, rows) {
  const head = make("tr", {}, ...columns.map(([title]) => make("th", { scope: "col" }, title)));
  const lines = rows.map((row) => make("tr", {}, ...columns.map(([, cell]) => make("td", {}, cell(row)))));
  return make("table", {}, make("thead", {}, head), make("tbody", {}, ...lines));
}

export const money = (cents) => new Intl.NumberFormat("en", { style: "currency", currency: "EUR" }).format(cents / 100);

export async function account({ me, show }) {
  const change = async ({ phone }) => {
    await ask("PATCH", "/me", { phone });
    show();
  };
  return [
    make("h1", {}, me.name),
    make("p", {}, me.email),
    make("p", {}, `Role: ${me.role}`),
    form([field("Telephone", { name: "phone", type: "tel", value: me.phone })], "Keep", change),
  ];
}

export function noSuchPage() {
  return [make("h1", {}, "There is no such page"), make("p", {}, make("a", { href: "/" }, "To the start"))];
}
