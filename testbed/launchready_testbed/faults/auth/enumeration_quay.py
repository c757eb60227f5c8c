"""The interface has a code of its own for unknown addresses."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.accounts_told_apart = True


FAULT = Fault(
    says="The interface has a code of its own for unknown addresses.",
    trips=("auth/enumeration",),
    look=(
        '$ curl -si "$BED_QUAY/api/v2/auth/login" -H "content-type: application/json" -d "{\\"email\\":\\"$(cat {secrets}/rosa.username)\\",\\"password\\":\\"wrong\\"}"\n'
        "< invalid_credentials\n"
        '$ curl -si "$BED_QUAY/api/v2/auth/login" -H "content-type: application/json" -d "{\\"email\\":\\"nobody-here@quay.test\\",\\"password\\":\\"wrong\\"}"\n'
        "< unknown_account"
    ),
    apply=_apply,
    portal="quay",
)
