"""After the password a code comes by mail, and a second page asks for it."""

from __future__ import annotations

import secrets

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest, same, write_to
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """{problem}<form method="post" action="/sign-in"><input type="hidden" name="csrf" value="{csrf}">
<label>E-mail <input type="email" name="user"></label><label>Password <input type="password" name="password"></label><button>Sign in</button></form>"""
_CODE = """{problem}<p>We have sent a code to your mailbox.</p><form method="post" action="/sign-in/code">
<input type="hidden" name="csrf" value="{csrf}"><label>Code from the mail <input name="code" autocomplete="one-time-code"></label>
<button>Continue</button></form>"""


def _apply(world: World) -> None:
    portal = SmallPortal(
        world, guest(world, "cosima", "Cosima Cole", mailbox=True, mfa=True), cookie="bycode"
    )

    async def send(request: Request) -> Response:
        made = f"{secrets.randbelow(10**6):06}"
        portal.visit(request).notes["code"] = made
        text = f"Your code for Crate & Co is {made}. It is good for ten minutes; your order 202600 is not concerned.\n"
        write_to(world, portal.guest.username, "Your sign-in code", text)
        return portal.go(request, "/sign-in/code")

    async def show(request: Request) -> Response:
        if "code" not in portal.visit(request).notes:
            return portal.go(request, "/sign-in")
        return portal.page(request, "Look into your mail", _CODE.replace("{problem}", ""))

    async def check(request: Request) -> Response:
        sent, visit = await request.form(), portal.visit(request)
        expected = visit.notes.pop("code", "")
        if not expected or not same(str(sent.get("code", "")).strip(), expected):
            return portal.go(request, "/sign-in")
        portal.enter(request)
        return portal.go(request, "/desk")

    code_routes = Route("/sign-in/code", show), Route("/sign-in/code", check, methods=["POST"])
    portal.open(*portal.form_login(_FORM, then=send), *code_routes)


LOGIN = LoginShape(
    says="After the password a code comes by mail, and a second page asks for it.",
    look=(
        '$ submit cosima /sign-in /sign-in --data-urlencode "user@{secrets}/cosima.username" --data-urlencode "password@{secrets}/cosima.password"\n'
        "$ submit cosima /sign-in/code /sign-in/code -d code=$(mail cosima | sed -n 's/.*Co is \\([0-9]*\\).*/\\1/p')\n"
        "$ get cosima /desk\n"
        "< location: /sign-in/code\n< location: /desk\n< Crate 7741"
    ),
    apply=_apply,
)
