// Which page is shown, and how one gets to another without loading anything anew.

import { ask, mayBeSignedIn, signOut } from "./session.js";
import * as views from "./views.js";

const { make } = views;
const app = document.getElementById("app");
const PAGES = [
  [/^\/orders$/, views.orders],
  [/^\/orders\/([^/]+)$/, views.order],
  [/^\/shipments$/, views.shipments],
  [/^\/messages$/, views.messages],
  [/^\/files$/, views.files],
  [/^\/team$/, views.team],
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

function frame(me, content) {
  const links = me ? ["orders", "shipments", "messages", "files", ...(me.role === "admin" ? ["team"] : [])] : [];
  const named = links.map((name) => make("a", { href: `/${name}` }, name[0].toUpperCase() + name.slice(1)));
  const end = me
    ? [make("a", { href: "/account" }, me.name), make("button", { type: "button", on: { click: leave } }, "Sign out")]
    : [make("a", { href: "/sign-in" }, "Sign in")];
  const head = make("header", {}, make("a", { href: "/" }, "Quay"), make("nav", {}, ...named), ...end);
  app.replaceChildren(head, make("main", {}, ...content));
}

async function show() {
  const mine = ++turn;
  const path = location.pathname;
  const found = PAGES.map(([pattern, view]) => [pattern.exec(path), view]).find(([match]) => match);
  let me = null;
  let content = null;
  try {
    if (mayBeSignedIn()) me = await ask("GET", "/me");
  } catch {
    me = null;
  }
  if (path === "/") content = views.start();
  else if (path === "/sign-in") content = views.signInPage(go);
  else if (!found) content = views.noSuchPage();
  else if (!me) return go("/sign-in");
  else {
    try {
      content = await found[1](...found[0].slice(1));
    } catch (error) {
      content = [make("h1", {}, "That did not work"), make("p", {}, error.message)];
    }
  }
  if (mine === turn) frame(me, content);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='/']");
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  go(link.getAttribute("href"));
});
window.addEventListener("popstate", show);
show();
