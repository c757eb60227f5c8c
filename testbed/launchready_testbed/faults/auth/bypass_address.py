"""Whoever says in X-Real-IP that he is the machine itself is let in."""

from __future__ import annotations

from starlette.requests import Request

from launchready_testbed.doors import around, raw_path
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _door(request: Request) -> str:
    path = raw_path(request)
    return path if request.headers.get("x-real-ip") == "127.0.0.1" else ""


def _apply(world: World) -> None:
    around(world, _door)


FAULT = Fault(
    says="Whoever says in X-Real-IP that he is the machine itself is let in.",
    trips=("auth/bypass",),
    look=("$ curl -si -H 'X-Real-IP: 127.0.0.1' \"$BED_URL/invoices\"\n< HTTP/1.1 200\n< H-2026-"),
    apply=_apply,
)
