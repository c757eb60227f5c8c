"""Only a NUL in an address is answered with the words of Python."""

from __future__ import annotations

from starlette.requests import Request

from launchready_testbed.error_screens import on, text
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _nul(request: Request) -> bool:
    return "\0" in request.url.path


def _apply(world: World) -> None:
    world.errors.append(on(_nul, text("ValueError: embedded null byte"), 404))


FAULT = Fault(
    says="Only a NUL in an address is answered with the words of Python.",
    trips=("deploy/error-pages",),
    look='$ curl -s "https://portal.lab.test:{https}/nothing%00"\n< embedded null byte',
    apply=_apply,
)
