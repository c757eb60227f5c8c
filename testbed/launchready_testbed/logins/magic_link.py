"""There are no passwords: a link comes by mail, good once."""

from __future__ import annotations

import secrets

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest, write_to
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """<form method="post" action="/sign-in"><input type="hidden" name="csrf" value="{csrf}">
<label>E-mail <input type="email" name="email" autocomplete="email"></label><button>Send me a link</button></form>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "dora", "Dora Dunn", mailbox=True, declares=""), cookie="bylink")
    links: set[str] = set()

    async def show(request: Request) -> Response:
        return portal.page(request, "Sign in", _FORM)

    async def send(request: Request) -> Response:
        sent = await request.form()
        if str(sent.get("email", "")).strip().lower() == portal.guest.username:
            made = secrets.token_urlsafe(24)
            links.add(made)
            text = (
                "Hello Dora,\n\nopen this address to sign in to Crate & Co:\n\n"
                f"{world.origin()}/sign-in/by-link?key={made}\n\nIt is good once. Our house rules: {world.origin()}/about\n"
            )
            write_to(world, portal.guest.username, "Your link to Crate & Co", text)
        return portal.go(request, "/sign-in/sent")

    async def sent_page(request: Request) -> Response:
        return portal.page(
            request, "Look into your mail", "<p>If we know the address, a link is on its way.</p>"
        )

    async def use(request: Request) -> Response:
        key = request.query_params.get("key", "")
        if key not in links:
            return portal.page(request, "Too late", "<p>This link was used before.</p>", status=410)
        links.remove(key)
        portal.enter(request)
        return portal.go(request, "/desk")

    portal.open(
        Route("/sign-in", show),
        Route("/sign-in", send, methods=["POST"]),
        Route("/sign-in/sent", sent_page),
        Route("/sign-in/by-link", use),
    )


LOGIN = LoginShape(
    says="There are no passwords: a link comes by mail, good once.",
    look=(
        '$ submit dora /sign-in /sign-in --data-urlencode "email@{secrets}/dora.username"\n'
        "$ get dora /sign-in/by-link?key=$(mail dora | tr -d '\\r' | sed -n ':a;N;$!ba;s/=\\n//g;s/.*key=3D\\([A-Za-z0-9_-]*\\).*/\\1/p')\n"
        "$ get dora /desk\n"
        "< location: /sign-in/sent\n< location: /desk\n< Crate 7741"
    ),
    apply=_apply,
)
