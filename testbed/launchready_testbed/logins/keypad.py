"""One picks one's name from a list of buttons and types the password into a field that looks like none; only a recipe tells."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_PAGE = """<p>Who works here today?</p><button id="otto">Otto</button> <button id="paul">Paul</button><div id="pad"></div>
<script nonce="{nonce}">
let who = "";
for (const name of ["otto", "paul"]) document.getElementById(name).onclick = () => {
  who = name;
  document.getElementById("pad").innerHTML = '<div id="word" contenteditable="true" aria-label="Watchword"></div><button id="go">Open the gate</button>';
  document.getElementById("go").onclick = async () => {
    const word = document.getElementById("word").textContent.trim();
    const answer = await fetch("/gate", { method: "POST", body: `${who}\\n${word}`, headers: { "content-type": "text/plain" } });
    if (answer.ok) location.assign("/desk");
  };
};
</script>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "otto", "Otto Ohm", "otto"), login="/shift", cookie="shift")
    world.login_steps += [
        {"open": "/shift"},
        {"click": "Otto"},
        {"fill": "Watchword", "value": "{password}"},
        {"click": "Open the gate"},
        {"expect": "Otto Ohm"},
    ]

    async def show(request: Request) -> Response:
        return portal.page(request, "Shift", _PAGE)

    async def take(request: Request) -> Response:
        user, _, word = (await request.body()).decode("utf-8", "replace").partition("\n")
        if not portal.guest.is_right(user, word):
            return Response(status_code=403)
        portal.enter(request)
        return portal.dressed(request, Response(status_code=204))

    portal.open(Route("/shift", show), Route("/gate", take, methods=["POST"]))


LOGIN = LoginShape(
    says="One picks one's name from buttons and types the password into a field that looks like none; only a recipe tells.",
    look=(
        "$ get otto /shift | grep -c '<input'\n"
        '$ printf \'%s\\n%s\' "$(cat {secrets}/otto.username)" "$(cat {secrets}/otto.password)" > sent; '
        "get otto /gate -H 'content-type: text/plain' --data-binary @sent\n"
        "$ get otto /desk\n"
        "< 0\n< 204 \n< Crate 7741"
    ),
    apply=_apply,
    browser=True,
    recipe=True,
)
