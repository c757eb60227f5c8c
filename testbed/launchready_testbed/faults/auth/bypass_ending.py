"""The interface answers addresses that end in .json, and its guard does not know them."""

from __future__ import annotations

from starlette.requests import Request

from launchready_testbed.doors import around, raw_path
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _door(request: Request) -> str:
    path = raw_path(request)
    return path.removesuffix(".json") if path.endswith(".json") else ""


def _apply(world: World) -> None:
    around(world, _door)


FAULT = Fault(
    says="The interface answers addresses that end in .json, and its guard does not know them.",
    trips=("auth/bypass",),
    look=('$ curl -si "$BED_URL/api/v1/invoices.json"\n< HTTP/1.1 200\n< H-2026-'),
    apply=_apply,
)
