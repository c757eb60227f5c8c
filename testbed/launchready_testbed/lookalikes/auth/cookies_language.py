"""The language is kept for two years, for scripts to read as well."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.cookie("lang=de; Path=/; Max-Age=63072000; SameSite=Lax")


LOOKALIKE = Lookalike(
    says="The language is kept for two years, for scripts to read as well.",
    spares=("auth/cookies",),
    look=(
        "$ curl -si https://portal.lab.test:{https}/\n"
        "< set-cookie: lang=de; Path=/; Max-Age=63072000; SameSite=Lax"
    ),
    apply=_apply,
)
