"""A statement is made of any invoices whose numbers the form sends."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.tenant_not_asked = ("POST /invoices/statement",)


FAULT = Fault(
    says="A statement is made of any invoices whose numbers the form sends.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ submit nora /invoices /invoices/statement -d id=6\n"
        "< HTTP/1.1 200\n"
        "< H-2026-2001\n"
        "$ get sol /invoices/6\n"
        "< H-2026-2001"
    ),
    apply=_apply,
)
