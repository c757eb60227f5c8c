"""The first redirect also adds the slash that the address lacks."""

from __future__ import annotations

from starlette.types import Receive, Scope, Send

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import PORTAL, World, redirect


async def _contents(scope: Scope, receive: Receive, send: Send) -> None:
    await scope["lab"].portal({**scope, "path": "/help", "raw_path": b"/help"}, receive, send)


def _apply(world: World) -> None:
    world.plain(
        lambda request: redirect(world.origin() + "/help/", 301) if request.url.path == "/help" else None,
        (PORTAL,),
    )
    world.pages["/help/"] = _contents


LOOKALIKE = Lookalike(
    says="The first redirect also adds the slash that the address lacks.",
    spares=("https/redirects",),
    look=(
        "$ curl -sIL http://portal.lab.test:{http}/help\n"
        "< location: https://portal.lab.test:{https}/help/\n"
        "< HTTP/1.1 200 OK"
    ),
    apply=_apply,
)
