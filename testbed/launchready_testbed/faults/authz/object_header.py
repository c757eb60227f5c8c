"""The interface believes a header that says which client the person belongs to."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("approval-data",)
    world.access.header_believed = (
        "GET /api/v1/tickets",
        "GET /api/v1/invoices",
        "GET /api/v1/documents",
        "GET /api/v1/approvals",
    )


FAULT = Fault(
    says="The interface believes a header that says which client the person belongs to.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /api/v1/approvals\n"
        "< for Northwind Rowing\n"
        "$ get nora /api/v1/approvals -H 'x-client-id: 2'\n"
        "< HTTP/1.1 200\n"
        "< for Southgate Sails\n"
        "$ get sol /api/v1/approvals\n"
        "< for Southgate Sails"
    ),
    apply=_apply,
)
