"""After signing out the refresh token still buys access tokens."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.refresh_survives_logout = True


FAULT = Fault(
    says="After signing out the refresh token still buys access tokens.",
    trips=("auth/logout",),
    look=(
        "$ quay_sign_in tess\n"
        "< HTTP/1.1 200\n"
        "$ cp tess.quay.jar thief.quay.jar; quay tess /auth/logout -X POST\n"
        "< HTTP/1.1 204\n"
        "$ quay thief /auth/refresh -X POST\n"
        "< HTTP/1.1 200\n"
        "< access_token"
    ),
    apply=_apply,
    portal="quay",
)
