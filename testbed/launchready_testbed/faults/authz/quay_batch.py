"""Within a batch nobody looks whose the records are that are asked for."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.across = frozenset({"POST /batch"})


FAULT = Fault(
    says="Within a batch nobody looks whose the records are that are asked for.",
    trips=("authz/object",),
    look=(
        '$ quay_both; id=$(quay_first ugo /orders id); quay tess "/orders/$id"; quay_send tess /batch "{\\"requests\\": [{\\"path\\": \\"/orders/$id\\"}]}"\n'
        "< HTTP/1.1 404\n"
        '< {"status":200,\n'
        '< "reference":"BB-'
    ),
    apply=_apply,
    portal="quay",
)
