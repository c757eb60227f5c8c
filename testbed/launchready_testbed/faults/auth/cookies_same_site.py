"""A cookie says SameSite=None without Secure, so that no browser keeps it."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.cookie("chat=4711; Path=/; SameSite=None")


FAULT = Fault(
    says="A cookie says SameSite=None without Secure, so that no browser keeps it.",
    trips=("auth/cookies",),
    look=("$ curl -si https://portal.lab.test:{https}/\n< set-cookie: chat=4711; Path=/; SameSite=None"),
    apply=_apply,
)
