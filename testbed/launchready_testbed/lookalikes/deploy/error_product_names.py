"""The clean page says which products the house sells help with."""

from __future__ import annotations

from launchready_testbed.error_screens import always, html_page, on
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(
        on(
            always,
            html_page(
                "<h1>Not found</h1><p>We run Django, Rails and PostgreSQL for you. Ask for nginx, Apache Tomcat or Oracle.</p>",
                404,
            ),
            404,
        )
    )


LOOKALIKE = Lookalike(
    says="The clean page says which products the house sells help with.",
    spares=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/nothing\n< Django, Rails and PostgreSQL",
    apply=_apply,
)
