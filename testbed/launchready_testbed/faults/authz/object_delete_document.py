"""Anybody's document can be deleted."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.tenant_not_asked = ("POST /documents/{id}/delete",)


FAULT = Fault(
    says="Anybody's document can be deleted.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ submit nora /documents /documents/4/delete\n"
        "< HTTP/1.1 303\n"
        "$ get sol /documents/4\n"
        "< HTTP/1.1 404"
    ),
    apply=_apply,
)
