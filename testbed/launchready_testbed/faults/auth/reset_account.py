"""The secret part of a reset link is a hash of the number of the account."""

from __future__ import annotations

from hashlib import md5

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.reset_token = lambda number: md5(str(number).encode(), usedforsecurity=False).hexdigest()


FAULT = Fault(
    says="The secret part of a reset link is a hash of the number of the account.",
    trips=("auth/password-reset",),
    look=(
        '$ submit stranger /forgot /forgot --data-urlencode "email@$BED_SECRETS/nora.username"; sleep 0.5\n'
        "< location: /forgot/sent\n"
        "$ link nora\n"
        "< /reset/eccbc87e4b5ce2fe28308fd9f2a7baf3"
    ),
    apply=_apply,
)
