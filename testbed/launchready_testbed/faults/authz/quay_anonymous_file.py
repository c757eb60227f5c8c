"""The content of a file is given to strangers who know its identifier."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.unguarded = frozenset({"GET /files/{id}/content"})


FAULT = Fault(
    says="The content of a file is given to strangers who know its identifier.",
    trips=("authz/anonymous",),
    look=(
        '$ quay_sign_in tess > /dev/null; quay nobody "/files/$(quay_first tess /files id)/content"\n'
        "< HTTP/1.1 200\n"
        "< Agreed with Ardent Coffee"
    ),
    apply=_apply,
    portal="quay",
)
