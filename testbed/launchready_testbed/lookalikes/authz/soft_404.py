"""Somebody else's record is answered with 200 and the words that there is no such page."""

from __future__ import annotations

from starlette.requests import Request

from launchready_testbed.doors import Answer, changed
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("suffix", "print")

    def change(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
        is_page = headers.get("content-type", "").startswith("text/html")
        return (200 if is_page and status in (403, 404) else status), headers, body

    changed(world, change)


LOOKALIKE = Lookalike(
    says="Somebody else's record is answered with 200 and the words that there is no such page.",
    spares=("authz/object", "authz/function", "authz/anonymous"),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /invoices/6\n"
        "< HTTP/1.1 200\n"
        "< There is no such page\n"
        "$ get sol /invoices/6\n"
        "< H-2026-2001"
    ),
    apply=_apply,
)
