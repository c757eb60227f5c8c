"""The door looks at the address, the interface behind it at X-Original-URL."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.original_url_trusted = True


FAULT = Fault(
    says="The door looks at the address, the interface behind it at X-Original-URL.",
    trips=("auth/bypass",),
    look=(
        "$ curl -si -H 'X-Original-URL: /api/v2/users' \"$BED_QUAY/\"\n< HTTP/1.1 200\n< rosa@quay.lab.test"
    ),
    apply=_apply,
    portal="quay",
)
