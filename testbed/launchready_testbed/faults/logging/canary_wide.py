"""Each password is written into the log in UTF-16 and base64."""

from __future__ import annotations

import base64

from launchready_testbed.fault import Fault
from launchready_testbed.leaking import TYPE, debug, on_password
from launchready_testbed.world import World


def _apply(world: World) -> None:
    on_password(
        world, lambda typed: debug(form=base64.b64encode(("form: " + typed).encode("utf-16-le")).decode())
    )


FAULT = Fault(
    says="Each password is written into the log in UTF-16 and base64.",
    trips=("logging/canary",),
    look=TYPE
    + "$ grep -o '\"form\": \"[^\"]*\"' {logs}/portal.log | tail -n 1 | cut -d'\"' -f4 | base64 -d | tr -d '\\0'\n< Mountain-41-Lake",
    apply=_apply,
)
