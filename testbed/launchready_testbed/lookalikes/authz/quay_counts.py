"""Lists say how many records there are of all clients, and show the caller's own."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.counts_everything = True


LOOKALIKE = Lookalike(
    says="Lists say how many records there are of all clients, and show the caller's own.",
    spares=("authz/object",),
    look=('$ quay_sign_in tess > /dev/null; quay tess /orders\n< HTTP/1.1 200\n< "count":6,"in_all":12'),
    apply=_apply,
    portal="quay",
)
