"""A cookie is meant for a whole top-level domain, so that no browser keeps it."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.cookie("partner=17; Path=/; Domain=.test; Secure")


FAULT = Fault(
    says="A cookie is meant for a whole top-level domain, so that no browser keeps it.",
    trips=("auth/cookies",),
    look=(
        "$ curl -si https://portal.lab.test:{https}/\n< set-cookie: partner=17; Path=/; Domain=.test; Secure"
    ),
    apply=_apply,
)
