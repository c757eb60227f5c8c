"""A reset link is valid for three days."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.reset_lifetime = 3 * 24 * 3600


FAULT = Fault(
    says="A reset link is valid for three days.",
    trips=("auth/password-reset",),
    look=(
        '$ submit stranger /forgot /forgot --data-urlencode "email@$BED_SECRETS/nora.username"; sleep 0.5\n'
        "< location: /forgot/sent\n"
        "$ mail nora\n"
        "< 4320 minutes"
    ),
    apply=_apply,
)
