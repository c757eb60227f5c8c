"""A change of an order waits for approval: the answer is 200 with the order as it was."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.patch_unchanged = True


LOOKALIKE = Lookalike(
    says="A change of an order waits for approval: the answer is 200 with the order as it was.",
    spares=(
        "authz/property",
        "authz/object",
    ),
    look=(
        '$ quay_sign_in tess > /dev/null; id=$(quay_first tess /orders id); quay_send tess "/orders/$id" \'{"goods": "Nothing at all"}\' -X PATCH\n'
        "< HTTP/1.1 200\n"
        '< "goods":"Green coffee'
    ),
    apply=_apply,
    portal="quay",
    untold=("authz/anonymous", "authz/function", "authz/object"),
)
