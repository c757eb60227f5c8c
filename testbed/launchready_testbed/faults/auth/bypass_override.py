"""A header that says OPTIONS opens the interface, as OPTIONS needs no token."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.method_override = True


FAULT = Fault(
    says="A header that says OPTIONS opens the interface, as OPTIONS needs no token.",
    trips=("auth/bypass",),
    look=(
        "$ curl -si -H 'X-HTTP-Method-Override: OPTIONS' \"$BED_QUAY/api/v2/users\"\n"
        "< HTTP/1.1 200\n"
        "< rosa@quay.lab.test"
    ),
    apply=_apply,
    portal="quay",
)
