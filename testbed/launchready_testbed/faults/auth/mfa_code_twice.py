"""A one-time code lets in again as long as its time lasts."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.code_reusable = True


FAULT = Fault(
    says="A one-time code lets in again as long as its time lasts.",
    trips=("auth/mfa-admin",),
    look=(
        "$ one_time_code ada > code\n"
        '$ give_password ada > first; submit ada /login/code /login/code -d "code=$(cat code)"\n'
        "< location: /dashboard\n"
        '$ give_password eve > second; cp eve.jar none; BED_SECRETS=$BED_SECRETS; rm -f other.jar; submit other /login /login --data-urlencode "email@$BED_SECRETS/ada.username" --data-urlencode "password@$BED_SECRETS/ada.password"\n'
        "< location: /login/code\n"
        '$ submit other /login/code /login/code -d "code=$(cat code)"\n'
        "< location: /dashboard"
    ),
    apply=_apply,
)
