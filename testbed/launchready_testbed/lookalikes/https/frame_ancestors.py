"""Frames are forbidden by the policy, so X-Frame-Options is not needed."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    del world.headers["x-frame-options"]


LOOKALIKE = Lookalike(
    says="Frames are forbidden by the policy, so X-Frame-Options is not needed.",
    spares=("https/headers",),
    look=("$ curl -sI https://portal.lab.test:{https}/ | grep -ci ^x-frame-options\n< 0"),
    apply=_apply,
)
