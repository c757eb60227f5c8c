"""Deleting somebody else's record is answered as if it were done, and the record stays."""

from __future__ import annotations

from starlette.requests import Request

from launchready_testbed.doors import Answer, changed
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("ticket-data",)

    def change(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
        path = request.url.path
        if status != 404 or request.method not in ("POST", "DELETE"):
            return status, headers, body
        quiet = {"cache-control": "no-store"}
        if path.startswith("/api/"):
            return 204, quiet, b""
        return 303, {**quiet, "location": "/" + path.split("/")[1]}, b""

    changed(world, change)


LOOKALIKE = Lookalike(
    says="Deleting somebody else's record is answered as if it were done, and the record stays.",
    spares=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ submit nora /tickets /tickets/24/delete\n"
        "< HTTP/1.1 303\n"
        "$ interface nora DELETE /tickets/24\n"
        "< HTTP/1.1 204\n"
        "$ get sol /tickets/24\n"
        "< Southgate Sails"
    ),
    apply=_apply,
)
