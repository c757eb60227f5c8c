"""Where the source map would be, a page says that there is none, with 200."""

from __future__ import annotations

from launchready_testbed.bundling import build
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    build(world, "\n//# sourceMappingURL=app.js.map")
    world.page("/assets/app.js.map", "<!doctype html><title>Not here</title><p>There is no such file.")


LOOKALIKE = Lookalike(
    says="Where the source map would be, a page says that there is none, with 200.",
    spares=("secrets/bundle",),
    look="$ curl -s https://portal.lab.test:{https}/assets/app.js.map | grep -c 'There is no such file'\n< 1",
    apply=_apply,
)
