"""HSTS is sent over plain http as well, where it is ignored and does no harm."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    sound = world.headers["strict-transport-security"]
    world.edit(
        lambda seen, headers: headers.update(
            {"strict-transport-security": sound} if seen.scheme == "http" else {}
        )
    )


LOOKALIKE = Lookalike(
    says="HSTS is sent over plain http as well, where it is ignored and does no harm.",
    spares=("https/hsts", "https/redirects"),
    look=("$ curl -sI http://portal.lab.test:{http}/\n< strict-transport-security: max-age=31536000"),
    apply=_apply,
)
