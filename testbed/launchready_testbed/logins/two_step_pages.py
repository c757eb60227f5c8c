"""The name on one page, the password on the next; the second does not show the name again."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest, same
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FIRST = """<form method="post" action="/hello"><input type="hidden" name="csrf" value="{csrf}">
<label>Work e-mail <input type="email" name="identifier" autofocus></label><button>Continue</button></form>"""
_SECOND = """{problem}<form method="post" action="/hello/word"><input type="hidden" name="csrf" value="{csrf}">
<label>Password <input type="password" name="secret"></label><button>Sign in</button></form>
<p><a href="/hello">Not you?</a></p>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "nils", "Nils Norden"), login="/hello", cookie="two")

    async def first(request: Request) -> Response:
        return portal.page(request, "Who are you?", _FIRST)

    async def name(request: Request) -> Response:
        sent = await request.form()
        portal.visit(request).notes["name"] = str(sent.get("identifier", ""))
        return portal.go(request, "/hello/word")

    async def second(request: Request) -> Response:
        if not portal.visit(request).notes.get("name"):
            return portal.go(request, "/hello")
        return portal.page(request, "Your password", _SECOND.replace("{problem}", ""))

    async def word(request: Request) -> Response:
        sent, visit = await request.form(), portal.visit(request)
        right = portal.guest.is_right(visit.notes.get("name", ""), str(sent.get("secret", "")))
        if not (right and same(str(sent.get("csrf", "")), visit.csrf)):
            body = _SECOND.replace("{problem}", "<p role=alert>That did not match.</p>")
            return portal.page(request, "Your password", body, status=422)
        portal.enter(request)
        return portal.go(request, "/desk")

    portal.open(
        Route("/hello", first),
        Route("/hello", name, methods=["POST"]),
        Route("/hello/word", second),
        Route("/hello/word", word, methods=["POST"]),
    )


LOGIN = LoginShape(
    says="The name on one page, the password on the next; the second does not show the name again.",
    look=(
        '$ submit nils /hello /hello --data-urlencode "identifier@{secrets}/nils.username"\n'
        '$ submit nils /hello/word /hello/word --data-urlencode "secret@{secrets}/nils.password"\n'
        "$ get nils /desk\n"
        "< location: /hello/word\n< location: /desk\n< Crate 7741"
    ),
    apply=_apply,
)
