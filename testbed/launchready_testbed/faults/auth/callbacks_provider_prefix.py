"""The identity provider compares only the beginning of the address that a login goes back to."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.oidc_redirect_uris = "prefix"


FAULT = Fault(
    says="The identity provider compares only the beginning of the address that a login goes back to.",
    trips=("auth/callbacks",),
    look=(
        "$ get nobody /oidc/start | tr -d '\\r' | sed -n 's/^location: //p' > start; from=$(sed 's/.*redirect_uri=\\([^&]*\\)&.*/\\1/' start); curl -si \"$(sed \"s|redirect_uri=[^&]*|redirect_uri=$from%2Fmore|; s|response_type=code|response_type=none|\" start)\"\n"
        "< HTTP/1.1 303\n"
        "< location: https://portal.lab.test:{https}/oidc/callback/more"
    ),
    apply=_apply,
)
