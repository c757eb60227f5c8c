"""A request that claims to be OPTIONS passes the guard, and is answered as what it is."""

from __future__ import annotations

from starlette.requests import Request

from launchready_testbed.doors import around, raw_path
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _door(request: Request) -> str:
    path = raw_path(request)
    return path if request.headers.get("x-http-method-override") == "OPTIONS" else ""


def _apply(world: World) -> None:
    around(world, _door)


FAULT = Fault(
    says="A request that claims to be OPTIONS passes the guard, and is answered as what it is.",
    trips=("auth/bypass",),
    look=("$ curl -si -H 'X-HTTP-Method-Override: OPTIONS' \"$BED_URL/invoices\"\n< HTTP/1.1 200\n< H-2026-"),
    apply=_apply,
)
