"""Whoever changes the own telephone number can change the own role as well."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.takes = frozenset({"PATCH /me role"})


FAULT = Fault(
    says="Whoever changes the own telephone number can change the own role as well.",
    trips=("authz/property",),
    look=(
        '$ quay_sign_in tess > /dev/null; quay_send tess /me \'{"role": "admin"}\' -X PATCH; quay tess /users\n'
        "< HTTP/1.1 200\n"
        "< HTTP/1.1 200\n"
        "< rosa@quay.lab.test"
    ),
    apply=_apply,
    portal="quay",
)
