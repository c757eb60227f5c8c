"""Passwords and tokens are masked before they are written."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.leaking import TYPE, debug, on_password
from launchready_testbed.world import World


def _apply(world: World) -> None:
    on_password(world, lambda typed: debug(password=typed[:2] + "*" * 6, token="*" * 8, cookie="session=***"))


LOOKALIKE = Lookalike(
    says="Passwords and tokens are masked before they are written.",
    spares=("logging/canary", "logging/scan", "logging/auth-events"),
    look=TYPE + "$ grep -c 'Mo[*]*' {logs}/portal.log\n< 1",
    apply=_apply,
)
