"""A stranger who says that he comes from the machine itself is one of the house."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.forwarded_for_trusted = True


FAULT = Fault(
    says="A stranger who says that he comes from the machine itself is one of the house.",
    trips=("auth/bypass",),
    look=(
        "$ curl -si -H 'X-Forwarded-For: 127.0.0.1' \"$BED_QUAY/api/v2/users\"\n"
        "< HTTP/1.1 200\n"
        "< rosa@quay.lab.test"
    ),
    apply=_apply,
    portal="quay",
)
