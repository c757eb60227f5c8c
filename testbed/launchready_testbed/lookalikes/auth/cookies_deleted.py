"""A cookie of the old portal is deleted, without any attribute that it had."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.cookie("session=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT")


LOOKALIKE = Lookalike(
    says="A cookie of the old portal is deleted, without any attribute that it had.",
    spares=("auth/cookies",),
    look=(
        "$ curl -si https://portal.lab.test:{https}/\n"
        "< set-cookie: session=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT"
    ),
    apply=_apply,
)
