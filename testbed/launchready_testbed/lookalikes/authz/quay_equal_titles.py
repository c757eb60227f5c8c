"""The projects of all clients have the same title and note; each is still one client's own."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.equal_titles = True


LOOKALIKE = Lookalike(
    says="The projects of all clients have the same title and note; each is still one client's own.",
    spares=("authz/object",),
    look=(
        '$ quay_both; quay tess "/projects/$(quay_first tess /projects slug)"; quay tess "/projects/$(quay_first ugo /projects slug)"\n'
        "< HTTP/1.1 200\n"
        '< "title":"Spring season"\n'
        "< HTTP/1.1 404"
    ),
    apply=_apply,
    portal="quay",
)
