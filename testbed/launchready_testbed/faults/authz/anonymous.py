"""The interface lists invoices for whoever asks, signed in or not."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("invoice-data",)
    world.access.session_not_asked = ("GET /api/v1/invoices",)


FAULT = Fault(
    says="The interface lists invoices for whoever asks, signed in or not.",
    trips=("auth/bypass", "authz/anonymous"),
    look=('$ curl -si "$BED_URL/api/v1/invoices"\n< HTTP/1.1 200\n< H-2026-3005'),
    apply=_apply,
)
