"""The token comes in a header of the answer and goes in a header of its own (X-Auth-Token); the JSON is nested."""

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

_SHELL = """<!doctype html><html lang="en"><title>Crate & Co</title><body><main id="m"></main><script nonce="{nonce}">
const place = document.getElementById("m");
let token = "";
async function list() {
  const answer = await fetch("/rest/crates", { headers: { "x-auth-token": token } });
  place.textContent = (await answer.json()).data.map((each) => each.attributes.label).join(", ");
}
place.innerHTML = `<form><label>Login <input id="l"></label><label>Password <input id="w" type="password"></label><button>Sign in</button></form>`;
place.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const [login, password] = ["l", "w"].map((id) => document.getElementById(id).value);
  const answer = await fetch("/rest/sessions", {
    method: "POST",
    headers: { "content-type": "application/vnd.api+json" },
    body: JSON.stringify({ data: { type: "sessions", attributes: { login, password } } }),
  });
  if (!answer.ok) return;
  token = answer.headers.get("x-auth-token");
  list();
});
</script></body></html>"""


def _apply(world: World) -> None:
    member = guest(world, "clovis", "Clovis Clay", "clovis")
    tokens: set[str] = set()

    async def shell(request: Request) -> Response:
        return HTMLResponse(_SHELL.replace("{nonce}", request.scope["nonce"]))

    async def session(request: Request) -> Response:
        try:
            sent = (await request.json())["data"]["attributes"]
            right = member.is_right(str(sent["login"]), str(sent["password"]))
        except (ValueError, KeyError, TypeError):
            return JSONResponse({"errors": [{"title": "Unreadable"}]}, 400)
        if not right:
            return JSONResponse({"errors": [{"title": "Wrong login or password"}]}, 401, headers=QUIET)
        made = secrets.token_hex(24)
        tokens.add(made)
        return JSONResponse({"data": {"type": "sessions"}}, 201, headers={**QUIET, "x-auth-token": made})

    async def crates(request: Request) -> Response:
        if request.headers.get("x-auth-token", "") not in tokens:
            return JSONResponse({"errors": [{"title": "No session"}]}, 401, headers=QUIET)
        data = [{"id": n, "attributes": {"label": f"Crate 7741/{n}"}} for n in range(1, 4)]
        return JSONResponse({"data": data}, headers=QUIET)

    routes = [
        Route("/", shell),
        Route("/rest/sessions", session, methods=["POST"]),
        Route("/rest/crates", crates),
    ]
    world.host(PORTAL, secure=Starlette(routes=routes))


LOGIN = LoginShape(
    says="The token comes in a header of the answer and goes in a header of its own (X-Auth-Token); the JSON is nested.",
    look=(
        "$ get clovis /rest/crates\n"
        """$ get clovis /rest/sessions -d "{\\"data\\":{\\"attributes\\":{\\"login\\":\\"$(cat {secrets}/clovis.username)\\","""
        """\\"password\\":\\"$(cat {secrets}/clovis.password)\\"}}}" | tr -d '\\r' | sed -n 's/^x-auth-token: //p' > token\n"""
        '$ get clovis /rest/crates -H "x-auth-token: $(cat token)"\n'
        "< 401 \n< Crate 7741"
    ),
    apply=_apply,
    private="/rest/crates",
    browser=True,
)
