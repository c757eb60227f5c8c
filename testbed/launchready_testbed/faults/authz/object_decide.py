"""Anybody's approval can be decided."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.tenant_not_asked = ("POST /approvals/{id}/decision",)


FAULT = Fault(
    says="Anybody's approval can be decided.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ submit nora /approvals /approvals/3/decision -d decision=approved\n"
        "< HTTP/1.1 303\n"
        "$ get sol /approvals/3\n"
        "< This is approved"
    ),
    apply=_apply,
)
