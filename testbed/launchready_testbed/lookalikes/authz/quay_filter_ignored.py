"""A list that is asked for another client's records is cut to the caller's own."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.filter_ignored = True


LOOKALIKE = Lookalike(
    says="A list that is asked for another client's records is cut to the caller's own.",
    spares=("authz/object",),
    look=(
        '$ quay_both; quay tess "/orders?tenant=$(quay_first ugo /me tenant)"\n'
        "< HTTP/1.1 200\n"
        '< "reference":"AC-'
    ),
    apply=_apply,
    portal="quay",
)
