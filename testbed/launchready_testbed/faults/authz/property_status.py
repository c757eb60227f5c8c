"""An approval can be put before people with the decision in it."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("approval-data",)
    world.access.taken_too = {"POST /api/v1/approvals": ("decision",)}


FAULT = Fault(
    says="An approval can be put before people with the decision in it.",
    trips=("authz/property",),
    look=(
        "$ sign_in nora > /dev/null\n"
        '$ interface nora POST /approvals \'{"subject": "Free berths", "decision": "approved"}\'\n'
        "< HTTP/1.1 201\n"
        "$ get nora /api/v1/approvals\n"
        '< "decision":"approved"'
    ),
    apply=_apply,
)
