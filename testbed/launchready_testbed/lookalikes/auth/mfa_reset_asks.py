"""A reset signs in, and who has a second factor is asked for it even so."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.reset_signs_in = True


LOOKALIKE = Lookalike(
    says="A reset signs in, and who has a second factor is asked for it even so.",
    spares=("auth/mfa-admin", "auth/password-reset"),
    look=(
        '$ submit stranger /forgot /forgot --data-urlencode "email@$BED_SECRETS/ada.username"; sleep 0.5\n'
        "< location: /forgot/sent\n"
        '$ link ada > reset; path=$(sed \'s|https://[^/]*||\' reset); password=$(cat $BED_SECRETS/ada.password); submit stranger "$path" "$path" --data-urlencode "password=$password" --data-urlencode "again=$password"\n'
        "< location: /login/code\n"
        "$ get stranger /users\n"
        "< HTTP/1.1 302"
    ),
    apply=_apply,
)
