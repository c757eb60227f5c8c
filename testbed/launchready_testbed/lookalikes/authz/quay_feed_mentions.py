"""The feed has news for everybody, which mention the references of other clients."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.manner.feed_mentions = True


LOOKALIKE = Lookalike(
    says="The feed has news for everybody, which mention the references of other clients.",
    spares=("authz/object",),
    look=("$ quay_sign_in tess > /dev/null; quay tess /feed.json\n< HTTP/1.1 200\n< AC-4217 and BB-4217"),
    apply=_apply,
    portal="quay",
)
