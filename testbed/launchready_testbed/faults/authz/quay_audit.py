"""The log of who did what is for admins, and answers clients too."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.any_role = frozenset({"GET /audit"})


FAULT = Fault(
    says="The log of who did what is for admins, and answers clients too.",
    trips=("authz/function",),
    look=('$ quay_both; quay tess /audit\n< HTTP/1.1 200\n< "actor":"ugo@birchbell.lab.test"'),
    apply=_apply,
    portal="quay",
)
