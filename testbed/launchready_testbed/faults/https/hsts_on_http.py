"""HSTS is sent over plain http, where browsers ignore it, and not over https."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    value = world.headers.pop("strict-transport-security")
    world.edit(
        lambda seen, headers: headers.update(
            {"strict-transport-security": value} if seen.scheme == "http" else {}
        )
    )


FAULT = Fault(
    says="HSTS is sent over plain http, where browsers ignore it, and not over https.",
    trips=("https/hsts",),
    look=("$ curl -sI http://portal.lab.test:{http}/\n< strict-transport-security: max-age=31536000"),
    apply=_apply,
)
