"""The session's cookie is kept for a fortnight, so that people need not sign in each morning."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.cookie.max_age = 14 * 86400


LOOKALIKE = Lookalike(
    says="The session's cookie is kept for a fortnight, so that people need not sign in each morning.",
    spares=("auth/cookies",),
    look=("$ get nora /login\n< Max-Age=1209600"),
    apply=_apply,
)
