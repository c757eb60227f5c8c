"""The link in the reset mail leads to whatever host a forwarding header names."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.reset_uses_forwarded_host = True


FAULT = Fault(
    says="The link in the reset mail leads to whatever host a forwarding header names.",
    trips=("auth/password-reset",),
    look=(
        "$ submit stranger /forgot /forgot -H 'x-forwarded-host: evil.test' --data-urlencode \"email@$BED_SECRETS/nora.username\"; sleep 0.5\n"
        "< location: /forgot/sent\n"
        "$ mail nora\n"
        "< https://evil.test/reset/"
    ),
    apply=_apply,
)
