"""The interface lists the approvals of every client."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("approval-data",)
    world.access.tenant_not_asked = ("GET /api/v1/approvals",)


FAULT = Fault(
    says="The interface lists the approvals of every client.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /api/v1/approvals\n"
        "< HTTP/1.1 200\n"
        "< for Southgate Sails\n"
        "$ get sol /api/v1/approvals\n"
        "< for Southgate Sails"
    ),
    apply=_apply,
)
