"""The clean page names the portal’s own host and where help is found."""

from __future__ import annotations

from launchready_testbed.error_screens import always, html_page, on
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(
        on(
            always,
            html_page(
                "<h1>Not found</h1><p>Go back to https://portal.lab.test/ or write to help@lab.test, host portal.lab.test.</p>",
                404,
            ),
            404,
        )
    )


LOOKALIKE = Lookalike(
    says="The clean page names the portal’s own host and where help is found.",
    spares=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/nothing\n< host portal.lab.test",
    apply=_apply,
)
