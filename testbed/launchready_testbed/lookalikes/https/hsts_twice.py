"""HSTS comes twice and says the same."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    sound = world.headers["strict-transport-security"]
    world.edit(
        lambda seen, headers: (
            headers.append("strict-transport-security", sound) if seen.scheme == "https" else None
        )
    )


LOOKALIKE = Lookalike(
    says="HSTS comes twice and says the same.",
    spares=("https/hsts",),
    look=("$ curl -sI https://portal.lab.test:{https}/ | grep -ci ^strict-transport-security\n< 2"),
    apply=_apply,
)
