"""The clean page names a computer at the visitor’s place and a time with a port-like end."""

from __future__ import annotations

from launchready_testbed.error_screens import always, html_page, on
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(
        on(
            always,
            html_page(
                "<h1>Not found</h1><p>Is your printer at home still called localhost? Opening hours 9:30 to 10:45, room 10.20.</p>",
                404,
            ),
            404,
        )
    )


LOOKALIKE = Lookalike(
    says="The clean page names a computer at the visitor’s place and a time with a port-like end.",
    spares=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/nothing\n< still called localhost",
    apply=_apply,
)
