"""The guard looks at the address as it was sent, the application at what it means."""

from __future__ import annotations

from urllib.parse import unquote

from starlette.requests import Request

from launchready_testbed.doors import around, raw_path
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _door(request: Request) -> str:
    path = raw_path(request)
    return unquote(path) if "%" in path else ""


def _apply(world: World) -> None:
    around(world, _door)


FAULT = Fault(
    says="The guard looks at the address as it was sent, the application at what it means.",
    trips=("auth/bypass",),
    look=('$ curl -si "$BED_URL/%69nvoices"\n< HTTP/1.1 200\n< H-2026-'),
    apply=_apply,
)
