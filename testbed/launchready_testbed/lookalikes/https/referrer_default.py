"""There is no referrer policy; the default of browsers is strict enough."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    del world.headers["referrer-policy"]


LOOKALIKE = Lookalike(
    says="There is no referrer policy; the default of browsers is strict enough.",
    spares=("https/headers",),
    look=("$ curl -sI https://portal.lab.test:{https}/ | grep -ci ^referrer-policy\n< 0"),
    apply=_apply,
)
