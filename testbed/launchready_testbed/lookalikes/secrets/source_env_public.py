"""A committed .env file holds only what every visitor gets to see."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.secret_shapes import stripe_publishable
from launchready_testbed.source_code import Commit
from launchready_testbed.world import World


def _apply(world: World) -> None:
    public = f"NEXT_PUBLIC_API_URL=https://portal.lab.test/api\nNEXT_PUBLIC_STRIPE_KEY={stripe_publishable()}\nLOG_LEVEL=info\n"
    world.source.main.append(Commit("Settings of the front end", {".env": public}))


LOOKALIKE = Lookalike(
    says="A committed .env file holds only what every visitor gets to see.",
    spares=("secrets/env-shared", "secrets/history", "secrets/tree"),
    look="$ git -C {source} show HEAD:.env | cut -c1-40\n< NEXT_PUBLIC_API_URL=\n< NEXT_PUBLIC_STRIPE_KEY=pk_live_",
    apply=_apply,
)
