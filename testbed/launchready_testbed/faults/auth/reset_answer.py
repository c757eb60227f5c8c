"""The answer to asking for a reset holds the link that only the mailbox should get."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.reset_token_in_answer = True


FAULT = Fault(
    says="The answer to asking for a reset holds the link that only the mailbox should get.",
    trips=("auth/password-reset",),
    look=(
        '$ submit stranger /forgot /forgot --data-urlencode "email@$BED_SECRETS/nora.username"\n'
        "< HTTP/1.1 200\n"
        "< /reset/"
    ),
    apply=_apply,
)
