"""Answers about an order have a nonce, a time and a tag of their own."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.nonces = True


LOOKALIKE = Lookalike(
    says="Answers about an order have a nonce, a time and a tag of their own.",
    spares=(
        "authz/object",
        "authz/anonymous",
        "authz/function",
    ),
    look=(
        '$ quay_sign_in tess > /dev/null; quay tess "/orders/$(quay_first tess /orders id)"\n'
        "< HTTP/1.1 200\n"
        '< etag: "\n'
        '< "nonce":"'
    ),
    apply=_apply,
    portal="quay",
)
