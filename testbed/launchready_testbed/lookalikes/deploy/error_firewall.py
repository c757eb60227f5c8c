"""A firewall in front answers with its own page and a number of the request."""

from __future__ import annotations

from launchready_testbed.error_screens import always, html_page, on
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(
        on(
            always,
            html_page(
                "<h1>Access denied</h1><p>Request 8e1f0b6f9f11a3c4, your address 203.0.113.7. Incident at 2026-11-24 09:12:31 UTC</p>",
                403,
            ),
            404,
        )
    )


LOOKALIKE = Lookalike(
    says="A firewall in front answers with its own page and a number of the request.",
    spares=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/nothing\n< Access denied",
    apply=_apply,
)
