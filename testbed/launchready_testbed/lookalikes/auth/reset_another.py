"""The present password is refused for the new one."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.reset_wants_another_password = True


LOOKALIKE = Lookalike(
    says="The present password is refused for the new one.",
    spares=("auth/password-reset", "auth/mfa-admin"),
    look=(
        '$ submit stranger /forgot /forgot --data-urlencode "email@$BED_SECRETS/nora.username"; sleep 0.5\n'
        "< location: /forgot/sent\n"
        '$ link nora > reset; path=$(sed \'s|https://[^/]*||\' reset); password=$(cat $BED_SECRETS/nora.password); submit stranger "$path" "$path" --data-urlencode "password=$password" --data-urlencode "again=$password"\n'
        "< HTTP/1.1 400\n"
        "< Take one that you have not had before."
    ),
    apply=_apply,
)
