"""Orders and messages believe a token after its session was ended."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.after_sign_out = frozenset({"GET /orders/{id}", "GET /messages/{id}"})


FAULT = Fault(
    says="Orders and messages believe a token after its session was ended.",
    trips=("authz/anonymous",),
    look=(
        '$ quay_sign_in tess > /dev/null; id=$(quay_first tess /orders id); quay tess /auth/logout -X POST; quay tess /me; quay tess "/orders/$id"\n'
        "< HTTP/1.1 204\n"
        "< HTTP/1.1 401\n"
        "< HTTP/1.1 200\n"
        '< "reference":"AC-'
    ),
    apply=_apply,
    portal="quay",
)
