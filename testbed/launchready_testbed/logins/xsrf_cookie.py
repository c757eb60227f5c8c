"""JSON with the value of a cookie repeated in a header, as many frameworks of front ends do it by themselves."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest, same
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_PAGE = """<form><label>E-mail <input type="email" name="email"></label><label>Password <input type="password" name="password"></label>
<button>Log in</button><p role="alert"></p></form><script nonce="{nonce}">
document.querySelector("main form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const token = document.cookie.match(/XSRF-TOKEN=([^;]*)/)[1];
  const answer = await fetch("/api/login", {
    method: "POST",
    headers: { "content-type": "application/json", "x-xsrf-token": decodeURIComponent(token) },
    body: JSON.stringify({ email: form.email.value, password: form.password.value, remember: false }),
  });
  if (answer.status === 204) location.assign("/desk");
  else form.querySelector("p").textContent = (await answer.json()).message;
});
</script>"""


def _apply(world: World) -> None:
    portal = SmallPortal(
        world, guest(world, "rosalie", "Rosalie Roth"), login="/login", cookie="crates_session"
    )

    async def show(request: Request) -> Response:
        answer = portal.page(request, "Log in", _PAGE)
        answer.set_cookie("XSRF-TOKEN", portal.visit(request).csrf, path="/", secure=True, samesite="lax")
        return answer

    async def take(request: Request) -> Response:
        if not same(request.headers.get("x-xsrf-token", ""), portal.visit(request).csrf):
            return portal.json(request, {"message": "CSRF token mismatch."}, 419)
        try:
            sent = await request.json()
            right = portal.guest.is_right(str(sent["email"]), str(sent["password"]))
        except (ValueError, KeyError, TypeError):
            return portal.json(request, {"message": "The email field is required."}, 422)
        if not right:
            return portal.json(request, {"message": "These credentials do not match our records."}, 422)
        portal.enter(request)
        return portal.dressed(request, Response(status_code=204))

    portal.open(Route("/login", show), Route("/api/login", take, methods=["POST"]))


_JSON = '"{\\"email\\":\\"$(cat {secrets}/rosalie.username)\\",\\"password\\":\\"$(cat {secrets}/rosalie.password)\\"}"'
_SEND = f"get rosalie /api/login -H 'content-type: application/json' -d {_JSON}"
LOGIN = LoginShape(
    says="JSON with the value of a cookie repeated in a header, as many frameworks of front ends do it by themselves.",
    look=(
        "$ get rosalie /login > page\n"
        f"$ {_SEND}\n"
        f'$ {_SEND} -H "x-xsrf-token: $(awk \'$6 == "XSRF-TOKEN" {{ print $7 }}\' rosalie.jar)"\n'
        "$ get rosalie /desk\n"
        "< 419 \n< 204 \n< Crate 7741"
    ),
    apply=_apply,
)
