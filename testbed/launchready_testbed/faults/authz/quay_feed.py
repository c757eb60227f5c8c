"""The feed of news has the messages of all clients."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.access.across = frozenset({"GET /feed.json"})


FAULT = Fault(
    says="The feed of news has the messages of all clients.",
    trips=("authz/object",),
    look=(
        "$ quay_sign_in tess > /dev/null; quay tess /feed.json\n"
        "< HTTP/1.1 200\n"
        "< Ardent Coffee: when will\n"
        "< Birch & Bell: when will"
    ),
    apply=_apply,
    portal="quay",
)
