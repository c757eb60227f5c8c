"""A project is read by anybody who guesses what it is called in its address."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.across = frozenset({"GET /projects/{slug}"})


FAULT = Fault(
    says="A project is read by anybody who guesses what it is called in its address.",
    trips=("authz/object",),
    look=(
        "$ quay_sign_in tess > /dev/null; quay tess /projects/veneer-line\n"
        "< HTTP/1.1 200\n"
        "< Birch logs from Kuopio"
    ),
    apply=_apply,
    portal="quay",
)
