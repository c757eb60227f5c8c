"""A password reset signs an administrator in, past the second factor."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.recovery_skips_second_factor = True


FAULT = Fault(
    says="A password reset signs an administrator in, past the second factor.",
    trips=("auth/mfa-admin",),
    look=(
        '$ submit stranger /forgot /forgot --data-urlencode "email@$BED_SECRETS/ada.username"; sleep 0.5\n'
        "< location: /forgot/sent\n"
        '$ link ada > reset; path=$(sed \'s|https://[^/]*||\' reset); password=$(cat $BED_SECRETS/ada.password); submit stranger "$path" "$path" --data-urlencode "password=$password" --data-urlencode "again=$password"\n'
        "< location: /dashboard\n"
        "$ get stranger /users\n"
        "< HTTP/1.1 200"
    ),
    apply=_apply,
)
