"""A form on the page that a script sends as JSON; the answer sets a cookie. Sent as a form it is refused."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """<form id="login"><label>E-mail <input type="email" name="email" required></label>
<label>Password <input type="password" name="password" required></label><button>Log in</button><output></output></form>
<script nonce="{nonce}">
document.getElementById("login").onsubmit = async (event) => {
  event.preventDefault();
  const sent = JSON.stringify(Object.fromEntries(new FormData(event.target)));
  const answer = await fetch("/api/session", { method: "POST", body: sent, headers: { "content-type": "application/json" } });
  const said = await answer.json();
  if (answer.ok) location.href = said.next;
  else event.target.querySelector("output").textContent = said.detail;
};
</script>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "saga", "Saga Sand"), login="/log-in", cookie="session_id")

    async def show(request: Request) -> Response:
        return portal.page(request, "Log in", _FORM)

    async def take(request: Request) -> Response:
        if not request.headers.get("content-type", "").startswith("application/json"):
            return portal.json(request, {"detail": "Send JSON."}, 415)
        try:
            sent = await request.json()
            right = portal.guest.is_right(str(sent["email"]), str(sent["password"]))
        except (ValueError, KeyError, TypeError):
            return portal.json(request, {"detail": "Unreadable."}, 400)
        if not right:
            return portal.json(request, {"detail": "No such member, or another password."}, 401)
        portal.enter(request)
        return portal.json(request, {"next": "/desk"}, 201)

    async def who(request: Request) -> Response:
        if not portal.member(request):
            return portal.json(request, {"detail": "Log in."}, 401)
        return portal.json(request, {"email": portal.guest.username, "name": portal.guest.full_name})

    portal.open(
        Route("/log-in", show), Route("/api/session", take, methods=["POST"]), Route("/api/session", who)
    )


LOGIN = LoginShape(
    says="A form on the page that a script sends as JSON; the answer sets a cookie. Sent as a form it is refused.",
    look=(
        "$ get saga /api/session -d email=a\n"
        """$ get saga /api/session -H 'content-type: application/json' -d "{\\"email\\":\\"$(cat {secrets}/saga.username)\\","""
        """\\"password\\":\\"$(cat {secrets}/saga.password)\\"}"\n"""
        "$ get saga /desk\n"
        '< 415 \n< {"next":"/desk"}\n< Crate 7741'
    ),
    apply=_apply,
)
