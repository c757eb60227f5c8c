"""The table of clients with our notes is handed to clients."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("client-export",)
    world.access.role_not_asked = ("GET /clients/export.csv",)


FAULT = Fault(
    says="The table of clients with our notes is handed to clients.",
    trips=("authz/function",),
    look=(
        "$ sign_in nora > /dev/null\n"
        "$ get nora /clients/export.csv\n"
        "< HTTP/1.1 200\n"
        "< Westpoint Ropes pays late"
    ),
    apply=_apply,
)
