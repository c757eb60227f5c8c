"""Other sites embed a page of the portal, which keeps its own cookie for that."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.cookie("__Host-widget=open; Path=/; Secure; HttpOnly; SameSite=None; Partitioned")


LOOKALIKE = Lookalike(
    says="Other sites embed a page of the portal, which keeps its own cookie for that.",
    spares=("auth/cookies",),
    look=(
        "$ curl -si https://portal.lab.test:{https}/\n"
        "< set-cookie: __Host-widget=open; Path=/; Secure; HttpOnly; SameSite=None; Partitioned"
    ),
    apply=_apply,
)
