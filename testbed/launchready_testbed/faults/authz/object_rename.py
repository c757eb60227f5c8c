"""Anybody's document can be given another name."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.tenant_not_asked = ("POST /documents/{id}/rename",)


FAULT = Fault(
    says="Anybody's document can be given another name.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ submit nora /documents /documents/4/rename -d name=lost.txt\n"
        "< HTTP/1.1 303\n"
        "$ get sol /documents\n"
        "< lost.txt"
    ),
    apply=_apply,
)
