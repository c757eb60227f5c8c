"""At the address of a settings file there is a help page about settings files."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/.env",
        "<!doctype html><html><title>.env files</title><pre>DB_PASSWORD=your-password\nAPP_KEY=your-key</pre></html>",
    )


LOOKALIKE = Lookalike(
    says="At the address of a settings file there is a help page about settings files.",
    spares=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/.env\n< <title>.env files",
    apply=_apply,
)
