"""Invoices as PDF are served by their address alone."""

from __future__ import annotations

import re

from starlette.requests import Request

from launchready_testbed.doors import around, raw_path
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _door(request: Request) -> str:
    path = raw_path(request)
    return path if re.fullmatch(r"/invoices/\d+/pdf", path) else ""


def _apply(world: World) -> None:
    around(world, _door)


FAULT = Fault(
    says="Invoices as PDF are served by their address alone.",
    trips=("auth/bypass",),
    look=('$ curl -si "$BED_URL/invoices/1/pdf"\n< HTTP/1.1 200\n< application/pdf'),
    apply=_apply,
)
