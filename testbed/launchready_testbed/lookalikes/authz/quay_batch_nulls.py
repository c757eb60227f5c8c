"""A batch answers null in the place of what the caller may not read."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.batch_nulls = True


LOOKALIKE = Lookalike(
    says="A batch answers null in the place of what the caller may not read.",
    spares=("authz/object",),
    look=(
        '$ quay_both; quay_send tess /batch "{\\"requests\\": [{\\"path\\": \\"/orders/$(quay_first tess /orders id)\\"}, {\\"path\\": \\"/orders/$(quay_first ugo /orders id)\\"}]}"\n'
        "< HTTP/1.1 200\n"
        '< "reference":"AC-\n'
        "< }},null]}"
    ),
    apply=_apply,
    portal="quay",
)
