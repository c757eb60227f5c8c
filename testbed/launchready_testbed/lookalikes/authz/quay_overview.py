"""Staff of the house have a page with the orders of all clients; clients do not get it."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.overview = True


LOOKALIKE = Lookalike(
    says="Staff of the house have a page with the orders of all clients; clients do not get it.",
    spares=(
        "authz/object",
        "authz/function",
    ),
    look=(
        "$ quay_sign_in rosa > /dev/null; quay rosa /overview; quay_sign_in tess > /dev/null; quay tess /overview\n"
        "< HTTP/1.1 200\n"
        '< "client":"Ardent Coffee"\n'
        '< "client":"Birch & Bell"\n'
        "< HTTP/1.1 403"
    ),
    apply=_apply,
    portal="quay",
)
