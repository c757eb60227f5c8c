"""A developer's own .env file lies in the folder, and git ignores it."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.secret_shapes import database_url, stripe
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.source.lying[".env"] = f"STRIPE_SECRET_KEY={stripe('own')}\nDATABASE_URL={database_url('own')}\n"


LOOKALIKE = Lookalike(
    says="A developer's own .env file lies in the folder, and git ignores it.",
    spares=("secrets/env-shared", "secrets/history", "secrets/tree"),
    look=(
        "$ git -C {source} status --short --ignored; cut -d= -f1 {source}/.env\n< !! .env\n< STRIPE_SECRET_KEY"
    ),
    apply=_apply,
)
