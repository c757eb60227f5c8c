"""The clean page speaks of a traceback that was sent to the developers."""

from __future__ import annotations

from launchready_testbed.error_screens import always, html_page, on
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(
        on(
            always,
            html_page("<h1>Sorry</h1><p>The traceback went to our developers. Reference 7F3A-22.</p>"),
            404,
        )
    )


LOOKALIKE = Lookalike(
    says="The clean page speaks of a traceback that was sent to the developers.",
    spares=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/nothing\n< The traceback went to our developers",
    apply=_apply,
)
