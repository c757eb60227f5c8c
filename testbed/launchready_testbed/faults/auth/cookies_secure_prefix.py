"""A cookie with the prefix __Secure-, in small letters, is not Secure, so that no browser keeps it."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.cookie("__secure-banner=closed; Path=/; HttpOnly")


FAULT = Fault(
    says="A cookie with the prefix __Secure-, in small letters, is not Secure, so that no browser keeps it.",
    trips=("auth/cookies",),
    look=(
        "$ curl -si https://portal.lab.test:{https}/\n< set-cookie: __secure-banner=closed; Path=/; HttpOnly"
    ),
    apply=_apply,
)
