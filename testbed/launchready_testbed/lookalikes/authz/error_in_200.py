"""The interface answers every refusal with 200 and an error in JSON."""

from __future__ import annotations

import json

from starlette.requests import Request

from launchready_testbed.doors import Answer, changed
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("ticket-data", "invoice-data", "approval-data")

    def change(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
        if not request.url.path.startswith("/api/") or status < 400 or body[:1] != b"{":
            return status, headers, body
        answer = {"success": False, "status": status, "data": None, **json.loads(body)}
        return 200, headers, json.dumps(answer, separators=(",", ":")).encode()

    changed(world, change)


LOOKALIKE = Lookalike(
    says="The interface answers every refusal with 200 and an error in JSON.",
    spares=("authz/object", "authz/function", "authz/anonymous", "authz/property"),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /api/v1/tickets/24\n"
        "< HTTP/1.1 200\n"
        '< {"success":false,\n'
        "< There is no such page.\n"
        "$ get sol /api/v1/tickets/24\n"
        "< Southgate Sails"
    ),
    apply=_apply,
)
