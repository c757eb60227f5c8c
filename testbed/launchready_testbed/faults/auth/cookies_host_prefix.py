"""A cookie with the prefix __Host- has a Path of its own, so that no browser keeps it."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.cookie("__Host-tour=seen; Path=/help; Secure")


FAULT = Fault(
    says="A cookie with the prefix __Host- has a Path of its own, so that no browser keeps it.",
    trips=("auth/cookies",),
    look=("$ curl -si https://portal.lab.test:{https}/\n< set-cookie: __Host-tour=seen; Path=/help; Secure"),
    apply=_apply,
)
