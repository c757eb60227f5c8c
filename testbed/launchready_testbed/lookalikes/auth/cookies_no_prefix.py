"""The session's cookie has no prefix, and no SameSite: browsers take that as Lax."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.cookie.name = "sid"
    world.auth.cookie.samesite = None


LOOKALIKE = Lookalike(
    says="The session's cookie has no prefix, and no SameSite: browsers take that as Lax.",
    spares=("auth/cookies",),
    look=(
        "$ get nora /login | grep -i '^set-cookie: sid=' | tee line; grep -ci samesite line\n"
        "< set-cookie: sid=\n< 0"
    ),
    apply=_apply,
)
