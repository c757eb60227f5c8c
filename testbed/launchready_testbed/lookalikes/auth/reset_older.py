"""Two links that were asked for are valid side by side, until one of them is used."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.reset_newest_only = False


LOOKALIKE = Lookalike(
    says="Two links that were asked for are valid side by side, until one of them is used.",
    spares=("auth/password-reset",),
    look=(
        '$ submit stranger /forgot /forgot --data-urlencode "email@$BED_SECRETS/nora.username"; sleep 0.5\n'
        "< location: /forgot/sent\n"
        "$ link nora > first\n"
        '$ submit stranger /forgot /forgot --data-urlencode "email@$BED_SECRETS/nora.username"; sleep 0.5\n'
        "< location: /forgot/sent\n"
        "$ get stranger \"$(sed 's|https://[^/]*||' first)\"\n"
        "< HTTP/1.1 200\n"
        "< New password"
    ),
    apply=_apply,
)
