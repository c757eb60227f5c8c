"""A plain SHA-256 of each password is written into the log."""

from __future__ import annotations

import hashlib

from launchready_testbed.fault import Fault
from launchready_testbed.leaking import TYPE, debug, on_password
from launchready_testbed.world import World


def _apply(world: World) -> None:
    on_password(world, lambda typed: debug(check=hashlib.sha256(typed.encode()).hexdigest()))


FAULT = Fault(
    says="A plain SHA-256 of each password is written into the log.",
    trips=("logging/canary",),
    look=TYPE + "$ grep -c $(printf %s Mountain-41-Lake | sha256sum | cut -d' ' -f1) {logs}/portal.log\n< 1",
    apply=_apply,
)
