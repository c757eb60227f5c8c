"""A counter of visits sets its cookie for the whole domain, for as long as browsers allow."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.cookie("_ga=GA1.1.1180294473.1790251200; Path=/; Domain=lab.test; Max-Age=63072000; Secure")


LOOKALIKE = Lookalike(
    says="A counter of visits sets its cookie for the whole domain, for as long as browsers allow.",
    spares=("auth/cookies",),
    look=(
        "$ curl -si https://portal.lab.test:{https}/\n"
        "< set-cookie: _ga=GA1.1.1180294473.1790251200; Path=/; Domain=lab.test; Max-Age=63072000; Secure"
    ),
    apply=_apply,
)
