"""A document is handed to the people of every client."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.tenant_not_asked = ("GET /documents/{id}",)


FAULT = Fault(
    says="A document is handed to the people of every client.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /documents/4\n"
        "< HTTP/1.1 200\n"
        "< Prepared for Southgate Sails\n"
        "$ get sol /documents/4\n"
        "< Prepared for Southgate Sails"
    ),
    apply=_apply,
)
