"""A page made by a script; the interface gives a bearer token, which the script keeps. There are no cookies at all."""

from __future__ import annotations

import secrets

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import QUIET
from launchready_testbed.world import PORTAL, World

_SHELL = """<!doctype html><html lang="en"><title>Crate & Co</title><body><div id="app"></div><script nonce="{nonce}">
const app = document.getElementById("app");
const text = (words) => app.replaceChildren(words);
async function desk() {
  const answer = await fetch("/api/crates", { headers: { authorization: `Bearer ${localStorage.getItem("token")}` } });
  if (!answer.ok) { localStorage.removeItem("token"); return start(); }
  text((await answer.json()).items.map((item) => item.label).join(", "));
}
function start() {
  const form = document.createElement("form");
  const user = Object.assign(document.createElement("input"), { name: "username", autocomplete: "username" });
  const word = Object.assign(document.createElement("input"), { name: "password", type: "password" });
  const go = Object.assign(document.createElement("button"), { textContent: "Sign in" });
  form.append("User ", user, " Password ", word, go);
  form.onsubmit = async (event) => {
    event.preventDefault();
    const body = JSON.stringify({ username: user.value, password: word.value });
    const answer = await fetch("/api/auth/token", { method: "POST", body, headers: { "content-type": "application/json" } });
    if (!answer.ok) return form.append("Wrong.");
    localStorage.setItem("token", (await answer.json()).token);
    desk();
  };
  app.replaceChildren(form);
}
localStorage.getItem("token") ? desk() : start();
</script></body></html>"""


def _apply(world: World) -> None:
    member = guest(world, "theo", "Theo Thorn", "theo")
    tokens: set[str] = set()

    async def shell(request: Request) -> Response:
        return HTMLResponse(_SHELL.replace("{nonce}", request.scope["nonce"]))

    async def token(request: Request) -> Response:
        try:
            sent = await request.json()
            right = member.is_right(str(sent["username"]), str(sent["password"]))
        except (ValueError, KeyError, TypeError):
            return JSONResponse({"error": "username and password, please"}, 400)
        if not right:
            return JSONResponse({"error": "wrong username or password"}, 401, headers=QUIET)
        made = secrets.token_urlsafe(32)
        tokens.add(made)
        return JSONResponse({"token": made, "user": {"name": member.full_name}}, headers=QUIET)

    async def crates(request: Request) -> Response:
        if request.headers.get("authorization", "").removeprefix("Bearer ") not in tokens:
            return JSONResponse({"error": "no token"}, 401, headers={"www-authenticate": "Bearer"})
        items = [{"id": number, "label": f"Crate 7741/{number}"} for number in range(1, 4)]
        return JSONResponse({"owner": member.full_name, "items": items}, headers=QUIET)

    routes = [
        Route("/api/auth/token", token, methods=["POST"]),
        Route("/api/crates", crates),
        Route("/", shell),
        Route("/crates", shell),
    ]
    world.host(PORTAL, secure=Starlette(routes=routes))


LOGIN = LoginShape(
    says="A page made by a script; the interface gives a bearer token, which the script keeps. There are no cookies at all.",
    look=(
        "$ get theo /api/crates\n"
        """$ get theo /api/auth/token -H 'content-type: application/json' -d "{\\"username\\":\\"$(cat {secrets}/theo.username)\\","""
        """\\"password\\":\\"$(cat {secrets}/theo.password)\\"}" | sed -n 's/.*"token":"\\([^"]*\\)".*/\\1/p' > token\n"""
        '$ get theo /api/crates -H "authorization: Bearer $(cat token)"\n'
        "< 401 \n< Crate 7741"
    ),
    apply=_apply,
    private="/api/crates",
)
