"""A widget wants to see that one is human; without its answer nobody gets in."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """{problem}<form method="post" action="/sign-in"><input type="hidden" name="csrf" value="{csrf}">
<label>User <input name="user"></label><label>Password <input type="password" name="password"></label>
<div class="cf-turnstile" data-sitekey="0x4AAAAAAAlabtestlabtest"></div><button>Sign in</button></form>
<script src="/turnstile/v0/api.js" async></script>"""
_WIDGET = """const box = document.querySelector(".cf-turnstile");
box.append("Verify that you are human", Object.assign(document.createElement("input"), { type: "checkbox" }));
box.append(Object.assign(document.createElement("input"), { type: "hidden", name: "cf-turnstile-response" }));
"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "sven", "Sven Stein"))

    async def check(request: Request) -> Response:
        said = '<p role="alert">Please confirm that you are human.</p>'
        return portal.page(request, "Sign in", _FORM.replace("{problem}", said), status=400)

    async def widget(request: Request) -> Response:
        return Response(_WIDGET, media_type="text/javascript")

    portal.open(*portal.form_login(_FORM, then=check), Route("/turnstile/v0/api.js", widget))


LOGIN = LoginShape(
    says="A widget wants to see that one is human; without its answer nobody gets in.",
    look=(
        '$ submit sven /sign-in /sign-in --data-urlencode "user@{secrets}/sven.username" --data-urlencode "password@{secrets}/sven.password"\n'
        "< 400 \n< confirm that you are human"
    ),
    apply=_apply,
    reason="captcha",
)
