"""The session's cookie is kept for two years."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.cookie.max_age = 2 * 365 * 86400


FAULT = Fault(
    says="The session's cookie is kept for two years.",
    trips=("auth/cookies",),
    look=("$ get nora /login\n< Max-Age=63072000"),
    apply=_apply,
)
