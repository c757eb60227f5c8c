"""A number in the query is looked up, after the one in the path was allowed."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.query_id_wins = ("GET /invoices/{id}",)


FAULT = Fault(
    says="A number in the query is looked up, after the one in the path was allowed.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /invoices/6\n"
        "< HTTP/1.1 404\n"
        '$ get nora "/invoices/1?id=6"\n'
        "< HTTP/1.1 200\n"
        "< H-2026-2001\n"
        "$ get sol /invoices/6\n"
        "< H-2026-2001"
    ),
    apply=_apply,
)
