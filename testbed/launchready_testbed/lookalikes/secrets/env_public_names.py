"""A settings file holds only what is built into scripts anyway."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page("/.env", "# build\nVITE_API_BASE=/api/v1\nVITE_TITLE=Harbour\n", "text/plain")


LOOKALIKE = Lookalike(
    says="A settings file holds only what is built into scripts anyway.",
    spares=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/.env\n< VITE_API_BASE",
    apply=_apply,
)
