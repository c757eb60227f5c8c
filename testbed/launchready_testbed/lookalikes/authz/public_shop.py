"""Each client has a shop that says it is there to be shared, and strangers may look at it."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.moorings import shops
from launchready_testbed.world import World


def _apply(world: World) -> None:
    shops(world)


LOOKALIKE = Lookalike(
    says="Each client has a shop that says it is there to be shared, and strangers may look at it.",
    spares=("authz/anonymous", "auth/bypass"),
    untold=("authz/anonymous",),
    look=("$ curl -s https://portal.lab.test:{https}/shops/bergen/goods\n< og:title\n< racing shells"),
    apply=_apply,
)
