"""Below one's own client, the number of anybody's invoice is answered."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("print",)
    world.access.tenant_not_asked = ("GET /clients/{client}/invoices/{id}",)


FAULT = Fault(
    says="Below one's own client, the number of anybody's invoice is answered.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /clients/2/invoices/6\n"
        "< HTTP/1.1 404\n"
        "$ get nora /clients/1/invoices/6\n"
        "< HTTP/1.1 200\n"
        "< H-2026-2001\n"
        "$ get sol /clients/2/invoices/6\n"
        "< H-2026-2001"
    ),
    apply=_apply,
)
