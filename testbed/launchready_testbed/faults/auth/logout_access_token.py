"""After signing out the access token is good until it expires."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access_survives_logout = True


FAULT = Fault(
    says="After signing out the access token is good until it expires.",
    trips=("auth/logout",),
    look=(
        "$ quay_sign_in tess\n"
        "< HTTP/1.1 200\n"
        "$ quay tess /auth/logout -X POST\n"
        "< HTTP/1.1 204\n"
        "$ quay tess /me\n"
        "< HTTP/1.1 200\n"
        "< tess@"
    ),
    apply=_apply,
    portal="quay",
)
