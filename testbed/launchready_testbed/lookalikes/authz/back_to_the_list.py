"""Who asks for somebody else's record is sent on to the list of the own ones."""

from __future__ import annotations

import re

from starlette.requests import Request

from launchready_testbed.doors import Answer, changed
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def change(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
        record = re.match(r"(/(?:tickets|invoices|documents|approvals))/\d+", request.url.path)
        if not record or status != 404:
            return status, headers, body
        return 303, {"location": record[1], "cache-control": "no-store"}, b""

    changed(world, change)


LOOKALIKE = Lookalike(
    says="Who asks for somebody else's record is sent on to the list of the own ones.",
    spares=("authz/object", "authz/function"),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /tickets/24\n"
        "< HTTP/1.1 303\n"
        "< location: /tickets\n"
        "$ get nora /tickets/24 -L\n"
        "< HTTP/1.1 200\n"
        "< /tickets/23\n"
        "$ get sol /tickets/24\n"
        "< Southgate Sails"
    ),
    apply=_apply,
)
