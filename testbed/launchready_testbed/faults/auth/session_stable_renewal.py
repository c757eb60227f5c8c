"""The dashboard gives the session a new identifier, and the one before ends at once."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.use.renewed_on = frozenset(("/dashboard",))
    world.auth.use.grace = 0


FAULT = Fault(
    says="The dashboard gives the session a new identifier, and the one before ends at once.",
    trips=("auth/session-stable",),
    look=(
        "$ sign_in nora > /dev/null; cp nora.jar other.jar; get nora /dashboard > /dev/null; get other /dashboard\n"
        "< HTTP/1.1 302\n"
        "< location: /login"
    ),
    apply=_apply,
)
