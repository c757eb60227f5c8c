"""A change of another client's order is answered 200, and none was changed."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.patch_counts = True


LOOKALIKE = Lookalike(
    says="A change of another client's order is answered 200, and none was changed.",
    spares=("authz/object",),
    look=(
        '$ quay_both; id=$(quay_first ugo /orders id); quay_send tess "/orders/$id" \'{"goods": "Nothing at all"}\' -X PATCH; quay ugo "/orders/$id"\n'
        "< HTTP/1.1 200\n"
        '< {"matched":0,"changed":0}\n'
        "< HTTP/1.1 200\n"
        '< "goods":"Green coffee'
    ),
    apply=_apply,
    portal="quay",
)
