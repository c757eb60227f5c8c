"""An attribute that no browser knows yet, and odd blanks and letters."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.cookie("theme=dark;path=/ ;SECURE;  sameparty ; Priority=High;samesite=LAX")


LOOKALIKE = Lookalike(
    says="An attribute that no browser knows yet, and odd blanks and letters.",
    spares=("auth/cookies",),
    look=(
        "$ curl -si https://portal.lab.test:{https}/\n"
        "< set-cookie: theme=dark;path=/ ;SECURE;  sameparty ; Priority=High;samesite=LAX"
    ),
    apply=_apply,
)
