"""Whoever asks for a settings file is shown the log-in page."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/.env",
        "<!doctype html><html><title>Log in</title><form method=post><input name=email></form></html>",
    )


LOOKALIKE = Lookalike(
    says="Whoever asks for a settings file is shown the log-in page.",
    spares=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/.env\n< <title>Log in",
    apply=_apply,
)
