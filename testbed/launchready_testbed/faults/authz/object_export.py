"""The table of invoices for spreadsheets holds those of every client."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("export",)
    world.access.tenant_not_asked = ("GET /invoices/export.csv",)


FAULT = Fault(
    says="The table of invoices for spreadsheets holds those of every client.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /invoices/export.csv\n"
        "< HTTP/1.1 200\n"
        "< H-2026-2001\n"
        "$ get sol /invoices/export.csv\n"
        "< H-2026-2001"
    ),
    apply=_apply,
)
