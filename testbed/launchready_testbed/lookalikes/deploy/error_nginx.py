"""The page for what is not there is the web server’s own, without its version."""

from __future__ import annotations

from launchready_testbed.error_screens import always, html_page, on
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(
        on(
            always,
            html_page(
                "<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center><hr><center>nginx</center></body></html>",
                404,
            ),
            404,
        )
    )


LOOKALIKE = Lookalike(
    says="The page for what is not there is the web server’s own, without its version.",
    spares=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/nothing\n< <center>nginx</center>",
    apply=_apply,
)
