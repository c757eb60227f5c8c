"""The session's cookie goes along when another site embeds the portal, over https."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.cookie.samesite = "none"


LOOKALIKE = Lookalike(
    says="The session's cookie goes along when another site embeds the portal, over https.",
    spares=("auth/cookies",),
    look=("$ get nora /login\n< SameSite=none; Secure"),
    apply=_apply,
)
