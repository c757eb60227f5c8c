"""Tokens that say of themselves that they need no signature are believed."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.algorithm_none = True


FAULT = Fault(
    says="Tokens that say of themselves that they need no signature are believed.",
    trips=("auth/bypass",),
    look=(
        "$ quay_sign_in tess\n"
        "< HTTP/1.1 200\n"
        '$ curl -si -H "authorization: Bearer $(printf \'{"alg":"none"}\' | armoured).$(part_of tess 2)." "$BED_QUAY/api/v2/me"\n'
        "< HTTP/1.1 200\n"
        "< tess@"
    ),
    apply=_apply,
    portal="quay",
)
