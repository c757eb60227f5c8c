"""The guard looks at the address, the application at X-Rewrite-URL, which anybody can send."""

from __future__ import annotations

from starlette.requests import Request

from launchready_testbed.doors import around, raw_path
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _door(request: Request) -> str:
    path = raw_path(request)
    return request.headers.get("x-rewrite-url", "") if path == "/" else ""


def _apply(world: World) -> None:
    around(world, _door)


FAULT = Fault(
    says="The guard looks at the address, the application at X-Rewrite-URL, which anybody can send.",
    trips=("auth/bypass",),
    look=("$ curl -si -H 'X-Rewrite-URL: /invoices' \"$BED_URL/\"\n< HTTP/1.1 200\n< H-2026-"),
    apply=_apply,
)
