"""The page of an invoice is guarded, and its PDF is not."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.tenant_not_asked = ("GET /invoices/{id}/pdf",)


FAULT = Fault(
    says="The page of an invoice is guarded, and its PDF is not.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /invoices/6/pdf\n"
        "< HTTP/1.1 200\n"
        "< Invoice H-2026-2001\n"
        "$ get sol /invoices/6/pdf\n"
        "< Invoice H-2026-2001"
    ),
    apply=_apply,
)
