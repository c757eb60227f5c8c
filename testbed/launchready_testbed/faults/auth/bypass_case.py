"""The guard compares addresses letter by letter, and the application behind it takes capitals as well."""

from __future__ import annotations

from starlette.requests import Request

from launchready_testbed.doors import around, raw_path
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _door(request: Request) -> str:
    path = raw_path(request)
    return path.lower() if path != path.lower() else ""


def _apply(world: World) -> None:
    around(world, _door)


FAULT = Fault(
    says="The guard compares addresses letter by letter, and the application behind it takes capitals as well.",
    trips=("auth/bypass",),
    look=('$ curl -si "$BED_URL/Invoices"\n< HTTP/1.1 200\n< H-2026-'),
    apply=_apply,
)
