"""The clean page offers pages of the portal whose addresses read like folders of a server."""

from __future__ import annotations

from launchready_testbed.error_screens import always, html_page, on
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(
        on(
            always,
            html_page(
                '<h1>Not found</h1><p>Try <a href="/help">/help</a> or the area /app/home/overview.</p>', 404
            ),
            404,
        )
    )


LOOKALIKE = Lookalike(
    says="The clean page offers pages of the portal whose addresses read like folders of a server.",
    spares=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/nothing\n< the area /app/home/overview",
    apply=_apply,
)
