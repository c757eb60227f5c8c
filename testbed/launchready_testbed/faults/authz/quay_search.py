"""The search finds orders of all clients."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.across = frozenset({"POST /orders/search"})


FAULT = Fault(
    says="The search finds orders of all clients.",
    trips=("authz/object",),
    look=(
        '$ quay_sign_in tess > /dev/null; quay_send tess /orders/search \'{"text": "pumps"}\'\n'
        "< HTTP/1.1 200\n"
        '< "consignee":"Ardent Coffee\n'
        '< "consignee":"Birch & Bell'
    ),
    apply=_apply,
    portal="quay",
)
