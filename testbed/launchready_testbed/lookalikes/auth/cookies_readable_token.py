"""Scripts must read the token against forged requests, to send it back in a header."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.cookie("XSRF-TOKEN=Tq81xVhW20sKe7Lr; Path=/; Secure; SameSite=Strict")


LOOKALIKE = Lookalike(
    says="Scripts must read the token against forged requests, to send it back in a header.",
    spares=("auth/cookies",),
    look=(
        "$ curl -si https://portal.lab.test:{https}/\n"
        "< set-cookie: XSRF-TOKEN=Tq81xVhW20sKe7Lr; Path=/; Secure; SameSite=Strict"
    ),
    apply=_apply,
)
