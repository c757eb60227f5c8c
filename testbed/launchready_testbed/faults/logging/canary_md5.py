"""An MD5 of each password is written into the log, in base64."""

from __future__ import annotations

import base64
import hashlib

from launchready_testbed.fault import Fault
from launchready_testbed.leaking import TYPE, debug, on_password
from launchready_testbed.world import World


def _apply(world: World) -> None:
    on_password(
        world,
        lambda typed: debug(
            check=base64.b64encode(hashlib.md5(typed.encode(), usedforsecurity=False).digest()).decode()
        ),
    )


FAULT = Fault(
    says="An MD5 of each password is written into the log, in base64.",
    trips=("logging/canary",),
    look=TYPE
    + "$ grep -c $(printf %s Mountain-41-Lake | openssl md5 -binary | base64) {logs}/portal.log\n< 1",
    apply=_apply,
)
