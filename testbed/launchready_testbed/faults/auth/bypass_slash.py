"""A slash at the end of an address leads past the guard."""

from __future__ import annotations

from starlette.requests import Request

from launchready_testbed.doors import around, raw_path
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _door(request: Request) -> str:
    path = raw_path(request)
    return path.rstrip("/") if path.endswith("/") else ""


def _apply(world: World) -> None:
    around(world, _door)


FAULT = Fault(
    says="A slash at the end of an address leads past the guard.",
    trips=("auth/bypass",),
    look=(
        '$ curl -si "$BED_URL/invoices"\n'
        "< HTTP/1.1 302\n"
        '$ curl -si "$BED_URL/invoices/"\n'
        "< HTTP/1.1 200\n"
        "< H-2026-"
    ),
    apply=_apply,
)
