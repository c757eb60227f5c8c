"""The feed of another person opens by changing the number in its address."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("feed",)
    world.access.tenant_not_asked = ("GET /feeds/{user}.xml",)


FAULT = Fault(
    says="The feed of another person opens by changing the number in its address.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /feeds/4.xml\n"
        "< HTTP/1.1 200\n"
        "< Southgate Sails\n"
        "$ get sol /feeds/4.xml\n"
        "< Southgate Sails"
    ),
    apply=_apply,
)
