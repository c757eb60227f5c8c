"""A login at the identity provider begins with nothing that ties it to the browser that began it."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.oidc_state_sent = False
    world.auth.oidc_state_checked = False
    world.auth.oidc_nonce_checked = False
    world.auth.oidc_pkce = False


FAULT = Fault(
    says="A login at the identity provider begins with nothing that ties it to the browser that began it.",
    trips=("auth/callbacks",),
    look=(
        "$ get nobody /oidc/start | tr -d '\\r' | sed -n 's/^location: //p' | grep -vE 'state=|code_challenge=' && echo no state and no challenge\n"
        "< no state and no challenge"
    ),
    apply=_apply,
)
