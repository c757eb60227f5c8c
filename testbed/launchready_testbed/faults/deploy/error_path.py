"""The page for what is not there says which template it could not find, and where."""

from __future__ import annotations

from launchready_testbed.error_screens import always, html_page, on
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(
        on(
            always,
            html_page(
                "<h1>Not found</h1><p>No template at /srv/harbour/current/templates/error.html</p>", 404
            ),
            404,
        )
    )


FAULT = Fault(
    says="The page for what is not there says which template it could not find, and where.",
    trips=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/nothing\n< /srv/harbour/current/templates",
    apply=_apply,
)
