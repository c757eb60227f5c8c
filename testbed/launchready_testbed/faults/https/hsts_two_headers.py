"""HSTS comes twice, and the first one, which counts, has max-age 0."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _twice(headers: MutableHeaders, sound: str) -> None:
    headers.append("strict-transport-security", "max-age=0")
    headers.append("strict-transport-security", sound)


def _apply(world: World) -> None:
    sound = world.headers.pop("strict-transport-security")
    world.edit(lambda seen, headers: _twice(headers, sound) if seen.scheme == "https" else None)


FAULT = Fault(
    says="HSTS comes twice, and the first one, which counts, has max-age 0.",
    trips=("https/hsts",),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/\n"
        "< strict-transport-security: max-age=0\n"
        "< strict-transport-security: max-age=31536000"
    ),
    apply=_apply,
)
