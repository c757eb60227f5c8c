"""The session's cookie goes over plain http as well."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.cookie.name = "session"
    world.auth.cookie.secure = False


FAULT = Fault(
    says="The session's cookie goes over plain http as well.",
    trips=("auth/cookies",),
    look=(
        "$ get nora /login | grep -i '^set-cookie: session=' | tee line; grep -ci secure line\n"
        "< set-cookie: session=\n< 0"
    ),
    apply=_apply,
)
