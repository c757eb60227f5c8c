"""A one-time code gives tokens again as long as its time lasts."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.code_reusable = True


FAULT = Fault(
    says="A one-time code gives tokens again as long as its time lasts.",
    trips=("auth/mfa-admin",),
    look=(
        '$ one_time_code quentin > code; for at in 1 2; do ticket=$(quay_password quentin | sed -n \'s/.*"ticket":"\\([^"]*\\)".*/\\1/p\'); quay_send quentin /auth/second-factor "{\\"ticket\\":\\"$ticket\\",\\"code\\":\\"$(cat code)\\"}"; done\n'
        '< "access_token"\n'
        '< "access_token"'
    ),
    apply=_apply,
    portal="quay",
)
