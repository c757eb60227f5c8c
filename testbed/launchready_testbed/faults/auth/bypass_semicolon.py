"""What follows a semicolon is a parameter to the application, and part of the name to the guard."""

from __future__ import annotations

from starlette.requests import Request

from launchready_testbed.doors import around, raw_path
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _door(request: Request) -> str:
    path = raw_path(request)
    return path.partition(";")[0] if ";" in path else ""


def _apply(world: World) -> None:
    around(world, _door)


FAULT = Fault(
    says="What follows a semicolon is a parameter to the application, and part of the name to the guard.",
    trips=("auth/bypass",),
    look=('$ curl -si "$BED_URL/api/v1/invoices;v=2"\n< HTTP/1.1 200\n< H-2026-'),
    apply=_apply,
)
