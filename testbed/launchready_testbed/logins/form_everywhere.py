"""Strangers are not led anywhere: each page behind the login answers 200 with the login form, which comes back to it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """{problem}<p>Please sign in to go on.</p><form method="post" action=""><label>E-mail <input name="mail"></label>
<label>Password <input type="password" name="word"></label><button>Sign in</button></form>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "ida", "Ida Igel"), login="/desk", cookie="everywhere")

    async def form(request: Request, problem: str = "") -> Response:
        return portal.page(request, "Crate & Co", _FORM.replace("{problem}", problem), menu=False)

    async def take(request: Request) -> Response:
        sent = await request.form()
        if not portal.guest.is_right(str(sent.get("mail", "")), str(sent.get("word", ""))):
            return await form(request, "<p>That did not match.</p>")
        portal.enter(request)
        return portal.go(request, request.url.path)

    posts = (Route(path, take, methods=["POST"]) for path in ("/desk", "/crates", "/account"))
    portal.open(*posts, refuse=form)


LOGIN = LoginShape(
    says="Strangers are not led anywhere: each page behind the login answers 200 with the login form, which comes back to it.",
    look=(
        "$ get ida /desk\n"
        '$ get ida /desk --data-urlencode "mail@{secrets}/ida.username" --data-urlencode "word@{secrets}/ida.password"\n'
        "$ get ida /desk\n"
        "< 200 \n< Please sign in\n< location: /desk\n< Crate 7741"
    ),
    apply=_apply,
)
