"""Lists say which client the request named in a header, and hold the caller's own records."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.tenant_echoed = True


LOOKALIKE = Lookalike(
    says="Lists say which client the request named in a header, and hold the caller's own records.",
    spares=("authz/object",),
    look=(
        '$ quay_both; quay tess /orders -H "x-tenant: $(quay_first ugo /me tenant)"\n'
        "< HTTP/1.1 200\n"
        '< "reference":"AC-\n'
        '< "asked_for":"'
    ),
    apply=_apply,
    portal="quay",
)
