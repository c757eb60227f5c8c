"""The link of a reset mail sets a new password as often as it is used."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.reset_single_use = False


FAULT = Fault(
    says="The link of a reset mail sets a new password as often as it is used.",
    trips=("auth/password-reset",),
    look=(
        '$ submit stranger /forgot /forgot --data-urlencode "email@$BED_SECRETS/nora.username"; sleep 0.5\n'
        "< location: /forgot/sent\n"
        '$ link nora > reset; path=$(sed \'s|https://[^/]*||\' reset); password=$(cat $BED_SECRETS/nora.password); submit stranger "$path" "$path" --data-urlencode "password=$password" --data-urlencode "again=$password"\n'
        "< HTTP/1.1 303\n"
        '$ path=$(sed \'s|https://[^/]*||\' reset); password=$(cat $BED_SECRETS/nora.password); submit stranger "$path" "$path" --data-urlencode "password=$password" --data-urlencode "again=$password"\n'
        "< HTTP/1.1 303"
    ),
    apply=_apply,
)
