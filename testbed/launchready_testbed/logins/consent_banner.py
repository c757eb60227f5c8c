"""A question about cookies lies over the whole page until it is answered; the form below is a script's."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_PAGE = """<style nonce="{nonce}">#veil { position: fixed; inset: 0; background: #000c; color: #fff; z-index: 9; }</style>
<div id="place"></div><div id="veil" role="dialog" aria-label="Cookies"><p>We use cookies to make your visit nicer.</p>
<button id="yes">Accept all</button> <button id="no">Only what is needed</button></div><script nonce="{nonce}">
const veil = document.getElementById("veil");
for (const name of ["yes", "no"]) document.getElementById(name).onclick = () => veil.remove();
document.getElementById("place").innerHTML = `<label for="mail">E-mail</label><input id="mail" type="email">
  <label for="word">Password</label><input id="word" type="password"><button id="go" type="button">Sign in</button>`;
document.getElementById("go").onclick = async () => {
  const body = new URLSearchParams({ a: document.getElementById("mail").value, b: document.getElementById("word").value });
  const answer = await fetch("/enter", { method: "POST", body, headers: { "x-requested-with": "fetch" } });
  if (answer.ok) location.assign("/desk");
};
</script>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "thea", "Thea Tann"), cookie="veil")

    async def show(request: Request) -> Response:
        return portal.page(request, "Sign in", _PAGE)

    async def take(request: Request) -> Response:
        sent = await request.form()
        by_script = request.headers.get("x-requested-with") == "fetch"
        if not (by_script and portal.guest.is_right(str(sent.get("a", "")), str(sent.get("b", "")))):
            return portal.dressed(request, Response(status_code=403))
        portal.enter(request)
        return portal.dressed(request, Response(status_code=204))

    portal.open(Route("/sign-in", show), Route("/enter", take, methods=["POST"]))


LOGIN = LoginShape(
    says="A question about cookies lies over the whole page until it is answered; the form below is a script's.",
    look=(
        "$ get thea /sign-in\n"
        "$ get thea /enter -H 'x-requested-with: fetch' --data-urlencode \"a@{secrets}/thea.username\""
        ' --data-urlencode "b@{secrets}/thea.password"\n'
        "$ get thea /desk\n"
        '< id="veil"\n< 204 \n< Crate 7741'
    ),
    apply=_apply,
    browser=True,
)
