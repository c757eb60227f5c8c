"""The table of invoices for spreadsheets is handed to whoever asks."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("export",)
    world.access.session_not_asked = ("GET /invoices/export.csv",)


FAULT = Fault(
    says="The table of invoices for spreadsheets is handed to whoever asks.",
    trips=("authz/anonymous",),
    look=('$ curl -si "$BED_URL/invoices/export.csv"\n< HTTP/1.1 200\n< H-2026-1001'),
    apply=_apply,
)
