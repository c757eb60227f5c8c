"""The page of an invoice is shown to whoever has signed in and knows its number."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.tenant_not_asked = ("GET /invoices/{id}",)


FAULT = Fault(
    says="The page of an invoice is shown to whoever has signed in and knows its number.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /invoices/6\n"
        "< HTTP/1.1 200\n"
        "< H-2026-2001\n"
        "$ get sol /invoices/6\n"
        "< H-2026-2001"
    ),
    apply=_apply,
)
