"""The form has no action; of its three buttons the second says where signing in goes, the others do something else."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """{problem}<form id="f" method="post"><input type="hidden" name="csrf" value="{csrf}">
<label>E-mail <input type="email" name="user"></label><label>Password <input type="password" name="password"></label>
<button type="button">Show</button><button formaction="/session">Sign in</button><button formaction="/join" formnovalidate>Register</button>
</form>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "lena", "Lena Lang"), cookie="action")

    async def join(request: Request) -> Response:
        return portal.page(request, "Thank you", "<p>We will call you.</p>")

    portal.open(*portal.form_login(_FORM, sent_to="/session"), Route("/join", join, methods=["POST"]))


LOGIN = LoginShape(
    says="The form has no action; of its three buttons the second says where signing in goes, the others do something else.",
    look=(
        "$ submit lena /sign-in /sign-in -d user=a\n"
        '$ submit lena /sign-in /session --data-urlencode "user@{secrets}/lena.username" --data-urlencode "password@{secrets}/lena.password"\n'
        "$ get lena /desk\n"
        "< 405 \n< location: /desk\n< Crate 7741"
    ),
    apply=_apply,
)
