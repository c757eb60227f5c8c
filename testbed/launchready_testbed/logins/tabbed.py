"""Two tabs made by a script: one sees the form to join first, and the one to sign in after a click on its tab."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_PAGE = """<div role="tablist"><button role="tab" id="t1">Join us</button><button role="tab" id="t2">Log in</button></div>
<div id="panel"></div><script nonce="{nonce}">
const panel = document.getElementById("panel");
const send = (path) => async (event) => {
  event.preventDefault();
  const body = JSON.stringify(Object.fromEntries(new FormData(event.target)));
  const answer = await fetch(path, { method: "POST", body, headers: { "content-type": "application/json" } });
  if (answer.ok) location.assign((await answer.json()).to);
  else event.target.append("That did not work.");
};
const show = (html, path) => { panel.innerHTML = html; panel.querySelector("form").onsubmit = send(path); };
const join = `<form><label>E-mail <input name="mail" type="email"></label><label>Choose a password <input name="word" type="password"></label>
  <label>Again <input name="again" type="password"></label><button>Join</button></form>`;
const enter = `<form><label>E-mail <input name="mail" type="email"></label><label>Password <input name="word" type="password"></label>
  <button>Log in</button></form>`;
document.getElementById("t1").onclick = () => show(join, "/people");
document.getElementById("t2").onclick = () => show(enter, "/people/me");
show(join, "/people");
</script>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "edgar", "Edgar Eder"), login="/people", cookie="tabs")
    joined: list[str] = []

    async def show(request: Request) -> Response:
        return portal.page(request, "Welcome", _PAGE)

    async def join(request: Request) -> Response:
        joined.append("somebody")
        return portal.json(request, {"to": "/"})

    async def take(request: Request) -> Response:
        try:
            sent = await request.json()
            right = portal.guest.is_right(str(sent["mail"]), str(sent["word"]))
        except (ValueError, KeyError, TypeError):
            right = False
        if not right:
            return portal.json(request, {"error": "wrong"}, 403)
        portal.enter(request)
        return portal.json(request, {"to": "/desk"})

    async def count(request: Request) -> Response:
        return portal.page(request, "Joined", f"<p>{len(joined)} joined</p>")

    portal.open(
        Route("/people", show),
        Route("/people", join, methods=["POST"]),
        Route("/people/me", take, methods=["POST"]),
        Route("/joined", count),
    )


LOGIN = LoginShape(
    says="Two tabs made by a script: one sees the form to join first, and the one to sign in after a click on its tab.",
    look=(
        "$ get edgar /people\n"
        """$ get edgar /people/me -H 'content-type: application/json' -d "{\\"mail\\":\\"$(cat {secrets}/edgar.username)\\","""
        """\\"word\\":\\"$(cat {secrets}/edgar.password)\\"}"\n"""
        "$ get edgar /desk\n"
        '< role="tablist"\n< {"to":"/desk"}\n< Crate 7741'
    ),
    apply=_apply,
    browser=True,
)
