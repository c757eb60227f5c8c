"""The identity provider sends a login back to any address that the request names."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.oidc_redirect_uris = "any"


FAULT = Fault(
    says="The identity provider sends a login back to any address that the request names.",
    trips=("auth/callbacks",),
    look=(
        "$ get nobody /oidc/start | tr -d '\\r' | sed -n 's/^location: //p' > start; from=$(sed 's/.*redirect_uri=\\([^&]*\\)&.*/\\1/' start); curl -si \"$(sed \"s|redirect_uri=[^&]*|redirect_uri=https%3A%2F%2Fevil.test%2F|; s|response_type=code|response_type=none|\" start)\"\n"
        "< HTTP/1.1 303\n"
        "< location: https://evil.test/"
    ),
    apply=_apply,
)
