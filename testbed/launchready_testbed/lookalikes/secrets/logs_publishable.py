"""A log holds keys that are given to every browser."""

from __future__ import annotations

from launchready_testbed import secret_shapes
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.logs.old["portal.log.3"] = (
        f"2026-09-01T10:00:00Z DEBUG page made with {secret_shapes.stripe_publishable()} {secret_shapes.supabase_anon()}\n"
    )


LOOKALIKE = Lookalike(
    says="A log holds keys that are given to every browser.",
    spares=("secrets/logs",),
    look="$ grep -c pk_live_ {logs}/portal.log.3\n< 1",
    apply=_apply,
)
