"""The interface lists invoices to members only, and shows single ones to everybody who asks."""

from __future__ import annotations

import re

from starlette.requests import Request

from launchready_testbed.doors import around, raw_path
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _door(request: Request) -> str:
    path = raw_path(request)
    return path if re.fullmatch(r"/api/v1/invoices/\d+", path) else ""


def _apply(world: World) -> None:
    around(world, _door)


FAULT = Fault(
    says="The interface lists invoices to members only, and shows single ones to everybody who asks.",
    trips=("auth/bypass",),
    look=(
        '$ curl -si "$BED_URL/api/v1/invoices"\n'
        "< HTTP/1.1 401\n"
        '$ curl -si "$BED_URL/api/v1/invoices/1"\n'
        "< HTTP/1.1 200\n"
        "< H-2026-1001"
    ),
    apply=_apply,
)
