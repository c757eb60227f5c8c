"""A price that comes with a change of an order is passed over in silence."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.price_ignored = True


LOOKALIKE = Lookalike(
    says="A price that comes with a change of an order is passed over in silence.",
    spares=("authz/property",),
    look=(
        '$ quay_sign_in tess > /dev/null; id=$(quay_first tess /orders id); quay_send tess "/orders/$id" \'{"goods": "Tea", "price_cents": 1}\' -X PATCH; quay tess "/orders/$id"\n'
        "< HTTP/1.1 200\n"
        '< "goods":"Tea","price_cents":55480\n'
        "< HTTP/1.1 200\n"
        '< "goods":"Tea","price_cents":55480'
    ),
    apply=_apply,
    portal="quay",
)
