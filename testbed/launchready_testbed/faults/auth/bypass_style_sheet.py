"""Whatever ends like a style sheet passes the guard, and the application ignores the ending."""

from __future__ import annotations

from starlette.requests import Request

from launchready_testbed.doors import around, raw_path
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _door(request: Request) -> str:
    path = raw_path(request)
    return path.rpartition("/")[0] if path.endswith(".css") else ""


def _apply(world: World) -> None:
    around(world, _door)


FAULT = Fault(
    says="Whatever ends like a style sheet passes the guard, and the application ignores the ending.",
    trips=("auth/bypass",),
    look=('$ curl -si "$BED_URL/invoices/theme.css"\n< HTTP/1.1 200\n< H-2026-'),
    apply=_apply,
)
