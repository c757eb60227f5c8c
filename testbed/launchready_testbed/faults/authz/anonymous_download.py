"""Documents are handed out by their number alone."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.session_not_asked = ("GET /documents/{id}",)


FAULT = Fault(
    says="Documents are handed out by their number alone.",
    trips=("auth/bypass", "authz/anonymous"),
    look=('$ curl -si "$BED_URL/documents/1"\n< HTTP/1.1 200\n< Prepared for Northwind Rowing'),
    apply=_apply,
)
