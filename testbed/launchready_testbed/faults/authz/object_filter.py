"""The list of invoices shows those of the client that the address names."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("filter",)
    world.access.filter_believed = ("GET /invoices",)


FAULT = Fault(
    says="The list of invoices shows those of the client that the address names.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        '$ get nora "/invoices?client=2&page=1"\n'
        "< HTTP/1.1 200\n"
        "< H-2026-2001\n"
        "$ get sol /invoices\n"
        "< H-2026-2001"
    ),
    apply=_apply,
)
