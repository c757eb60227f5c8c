"""After the password one chooses the workspace; before that, every page leads to the choice."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest, same
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """{problem}<form method="post" action="/sign-in"><input type="hidden" name="csrf" value="{csrf}">
<label>E-mail <input type="email" name="user"></label><label>Password <input type="password" name="password"></label><button>Sign in</button></form>"""
_CHOICE = "".join(
    '<form method="post" action="/workspace"><input type="hidden" name="csrf" value="{csrf}">'
    f'<input type="hidden" name="space" value="{value}"><button>{name}</button></form>'
    for value, name in (("31", "Larch Ltd"), ("47", "Maple Mills"))
)


class _Chosen(SmallPortal):
    """A member has chosen a workspace."""

    def member(self, request: Request) -> bool:
        visit = self.visit(request)
        return visit.member and visit.notes.get("space") == "47"


def _apply(world: World) -> None:
    portal = _Chosen(world, guest(world, "karin", "Karin Klee", tenant="Maple Mills"), cookie="space")

    async def on(request: Request) -> Response:
        portal.enter(request)
        return portal.go(request, "/workspace")

    async def choice(request: Request) -> Response:
        if not portal.visit(request).member:
            return portal.go(request, "/sign-in")
        return portal.page(request, "Where to?", _CHOICE, menu=False)

    async def choose(request: Request) -> Response:
        sent, visit = await request.form(), portal.visit(request)
        if not visit.member or not same(str(sent.get("csrf", "")), visit.csrf):
            return portal.go(request, "/sign-in")
        visit.notes["space"] = str(sent.get("space", ""))
        return portal.go(request, "/desk" if portal.member(request) else "/workspace")

    async def lead(request: Request) -> Response:
        return portal.go(request, "/workspace" if portal.visit(request).member else "/sign-in")

    portal.open(
        *portal.form_login(_FORM, then=on),
        Route("/workspace", choice),
        Route("/workspace", choose, methods=["POST"]),
        refuse=lead,
    )


LOGIN = LoginShape(
    says="After the password one chooses the workspace; before that, every page leads to the choice.",
    look=(
        '$ submit karin /sign-in /sign-in --data-urlencode "user@{secrets}/karin.username" --data-urlencode "password@{secrets}/karin.password"\n'
        "$ get karin /desk\n"
        "$ submit karin /workspace /workspace -d space=47\n"
        "$ get karin /desk\n"
        "< location: /workspace\n< location: /workspace\n< location: /desk\n< Crate 7741"
    ),
    apply=_apply,
)
