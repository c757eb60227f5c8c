"""Tokens are decoded, and their signature is not verified."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.signature_unchecked = True


FAULT = Fault(
    says="Tokens are decoded, and their signature is not verified.",
    trips=("auth/bypass",),
    look=(
        "$ quay_sign_in tess\n"
        "< HTTP/1.1 200\n"
        '$ curl -si -H "authorization: Bearer $(part_of tess 1).$(part_of tess 2).bm90aGluZw" "$BED_QUAY/api/v2/me"\n'
        "< HTTP/1.1 200\n"
        "< tess@"
    ),
    apply=_apply,
    portal="quay",
)
