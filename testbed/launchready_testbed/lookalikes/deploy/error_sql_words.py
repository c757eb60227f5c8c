"""The clean page speaks of selecting something from a list."""

from __future__ import annotations

from launchready_testbed.error_screens import always, html_page, on
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(
        on(
            always,
            html_page(
                "<h1>Not found</h1><p>Select a report from the list, update your search or delete from it.</p>",
                404,
            ),
            404,
        )
    )


LOOKALIKE = Lookalike(
    says="The clean page speaks of selecting something from a list.",
    spares=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/nothing\n< Select a report from the list",
    apply=_apply,
)
