"""A session from before a password reset stays signed in."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.reset_ends_sessions = False


FAULT = Fault(
    says="A session from before a password reset stays signed in.",
    trips=("auth/password-reset",),
    look=(
        "$ sign_in nora\n"
        "< location: /dashboard\n"
        '$ submit stranger /forgot /forgot --data-urlencode "email@$BED_SECRETS/nora.username"; sleep 0.5\n'
        "< location: /forgot/sent\n"
        '$ link nora > reset; path=$(sed \'s|https://[^/]*||\' reset); password=$(cat $BED_SECRETS/nora.password); submit stranger "$path" "$path" --data-urlencode "password=$password" --data-urlencode "again=$password"\n'
        "< HTTP/1.1 303\n"
        "$ get nora /profile\n"
        "< HTTP/1.1 200"
    ),
    apply=_apply,
)
