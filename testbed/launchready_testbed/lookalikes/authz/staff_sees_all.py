"""Our staff have a page with the newest tickets of all clients, and clients do not get it."""

from __future__ import annotations

from typing import Any, cast

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from launchready_testbed.doors import behind
from launchready_testbed.fault import Lookalike
from launchready_testbed.portal.sessions import User
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("client-export",)

    def answer(request: Request, user: User) -> Response:
        if not user.is_staff:
            return HTMLResponse("<!doctype html><title>Forbidden</title><p>This is not for you.</p>", 403)
        rows = cast(Any, world.lab.portal).state.database.execute(
            "SELECT id, body FROM tickets WHERE status = 'open' ORDER BY tenant, id"
        )
        links = "".join(f'<li><a href="/tickets/{row["id"]}">{row["body"]}</a></li>' for row in rows)
        return HTMLResponse(f"<!doctype html><title>Work</title><ul>{links}</ul>")

    behind(world, r"/staff/work", answer)
    world.insert('<a href="/staff/work">All open tickets</a>', on=("/clients",))


LOOKALIKE = Lookalike(
    says="Our staff have a page with the newest tickets of all clients, and clients do not get it.",
    spares=("authz/object", "authz/function"),
    look=(
        "$ sign_in sam > /dev/null; sign_in nora > /dev/null\n"
        "$ get sam /staff/work\n"
        "< HTTP/1.1 200\n"
        "< Northwind Rowing\n"
        "< Southgate Sails\n"
        "$ get nora /staff/work\n"
        "< HTTP/1.1 403"
    ),
    apply=_apply,
)
