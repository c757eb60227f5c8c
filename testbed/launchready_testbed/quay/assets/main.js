// Which page is shown, and how one gets to another without loading anything anew.

import * as records from "./records.js";
import { ask, asTenant, chosenTenant, mayBeSignedIn, signOut } from "./session.js";
import * as views from "./views.js";

const { make } = views;
const app = document.getElementById("app");
const PAGES = [
  [/^\/orders$/, records.orders],
  [/^\/orders\/([^/]+)$/, records.order],
  [/^\/references\/([^/]+)$/, records.reference],
  [/^\/shipments$/, records.shipments],
  [/^\/shipments\/([^/]+)$/, records.shipment],
  [/^\/messages$/, records.messages],
  [/^\/messages\/([^/]+)$/, records.message],
  [/^\/files$/, records.files],
  [/^\/files\/([^/]+)$/, records.file],
  [/^\/projects$/, records.projects],
  [/^\/projects\/([^/]+)$/, records.project],
  [/^\/receipts$/, records.receipts],
  [/^\/receipts\/([^/]+)$/, records.receipt],
  [/^\/exports$/, records.exports],
  [/^\/exports\/([^/]+)$/, records.monthly],
  [/^\/news$/, records.news],
  [/^\/catalogue$/, records.catalogue],
  [/^\/catalogue\/([^/]+)$/, records.offer],
  [/^\/overview$/, records.overview],
  [/^\/team$/, records.team],
  [/^\/audit$/, records.audit],
  [/^\/account$/, views.account],
];
let turn = 0;

function go(path) {
  history.pushState({}, "", path);
  show();
}

async function leave() {
  await signOut();
  go("/");
}

// The house serves all clients, and may look at the lists of one of them.
async function chooser(me) {
  if (me.tenant) return [];
  const { data } = await ask("GET", "/tenants");
  const options = data.map((row) => make("option", { value: row.id, ...(row.id === chosenTenant() ? { selected: "" } : {}) }, row.name));
  const change = (event) => {
    asTenant(event.target.value);
    show();
  };
  return [make("select", { "aria-label": "Client", on: { change } }, make("option", { value: "" }, "All clients"), ...options)];
}

function frame(me, extra, content) {
  const links = me ? me.sections : [];
  const named = links.map((name) => make("a", { href: `/${name}` }, name[0].toUpperCase() + name.slice(1)));
  const end = me
    ? [...extra, make("a", { href: "/account" }, me.name), make("button", { type: "button", on: { click: leave } }, "Sign out")]
    : [make("a", { href: "/sign-in" }, "Sign in")];
  const head = make("header", {}, make("a", { href: "/" }, "Quay"), make("nav", {}, ...named), ...end);
  app.replaceChildren(head, make("main", {}, ...content));
}

async function show() {
  const mine = ++turn;
  const path = location.pathname;
  const found = PAGES.map(([pattern, view]) => [pattern.exec(path), view]).find(([match]) => match);
  let me = null;
  let extra = [];
  let content = null;
  try {
    if (mayBeSignedIn()) me = await ask("GET", "/me");
    if (me?.tenant) asTenant(me.tenant);
    if (me) extra = await chooser(me);
  } catch {
    me = null;
  }
  try {
    if (path === "/") content = await views.start(me);
    else if (path === "/sign-in") content = views.signInPage(go);
    else if (!found) content = views.noSuchPage();
    else if (!me) return go("/sign-in");
    else content = await found[1]({ me, go, show }, ...found[0].slice(1).map(decodeURIComponent));
  } catch (error) {
    content = [make("h1", {}, "That did not work"), make("p", {}, error.message)];
  }
  if (mine === turn) frame(me, extra, content);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='/']");
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  go(link.getAttribute("href"));
});
window.addEventListener("popstate", show);
show();
