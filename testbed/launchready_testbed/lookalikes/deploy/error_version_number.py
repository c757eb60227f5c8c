"""The clean page shows the version of the portal, which reads like an address."""

from __future__ import annotations

from launchready_testbed.error_screens import always, html_page, on
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(
        on(always, html_page("<h1>Not found</h1><p>Harbour 10.2.0.1, interface v10.0.0.7</p>", 404), 404)
    )


LOOKALIKE = Lookalike(
    says="The clean page shows the version of the portal, which reads like an address.",
    spares=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/nothing\n< Harbour 10.2.0.1",
    apply=_apply,
)
