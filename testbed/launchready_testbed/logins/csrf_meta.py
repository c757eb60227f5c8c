"""A form that a script sends, with the token of a meta element in a header; without the header it is refused."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest, same
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_HEAD = '<meta name="csrf-token" content="{csrf}">'
_FORM = """<p id="trouble" role="alert"></p><form method="post" action="/sign-in">
<label>E-mail <input type="email" name="user[email]"></label><label>Password <input type="password" name="user[password]"></label>
<button>Sign in</button></form><script nonce="{nonce}">
document.forms[0].addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const token = document.querySelector("meta[name=csrf-token]").content;
  const answer = await fetch(form.action, {
    method: "POST", body: new URLSearchParams(new FormData(form)), headers: { "x-csrf-token": token },
  });
  if (answer.redirected) location.assign(answer.url);
  else document.getElementById("trouble").textContent = await answer.text();
});
</script>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "pia", "Pia Pond"), cookie="_crates_session")

    async def show(request: Request) -> Response:
        return portal.page(request, "Sign in", _FORM, head=_HEAD)

    async def take(request: Request) -> Response:
        if not same(request.headers.get("x-csrf-token", ""), portal.visit(request).csrf):
            return Response("The page has expired. Load it again.", 419)
        sent = await request.form()
        if not portal.guest.is_right(str(sent.get("user[email]", "")), str(sent.get("user[password]", ""))):
            return Response("E-mail or password is wrong.", 422)
        portal.enter(request)
        return portal.go(request, "/desk")

    portal.open(Route("/sign-in", show), Route("/sign-in", take, methods=["POST"]))


_SEND = 'get pia /sign-in --data-urlencode "user[email]@{secrets}/pia.username" --data-urlencode "user[password]@{secrets}/pia.password"'
_TOKEN = 'sed -n \'s/.*csrf-token" content="\\([^"]*\\)".*/\\1/p\' page'  # noqa: S105 - a command, no token
LOGIN = LoginShape(
    says="A form that a script sends, with the token of a meta element in a header; without the header it is refused.",
    look=(
        "$ get pia /sign-in > page\n"
        f"$ {_SEND}\n"
        f'$ {_SEND} -H "x-csrf-token: $({_TOKEN})"\n'
        "$ get pia /desk\n"
        "< 419 \n< location: /desk\n< Crate 7741"
    ),
    apply=_apply,
)
