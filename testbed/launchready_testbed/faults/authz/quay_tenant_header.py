"""A header that the front end sends says whose records are listed, whoever asks."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.tenant_header_believed = True


FAULT = Fault(
    says="A header that the front end sends says whose records are listed, whoever asks.",
    trips=("authz/object",),
    look=(
        '$ quay_both; quay tess /orders -H "x-tenant: $(quay_first ugo /me tenant)"\n'
        "< HTTP/1.1 200\n"
        '< "reference":"BB-'
    ),
    apply=_apply,
    portal="quay",
)
