"""The page for what is not there says which server behind it did not answer."""

from __future__ import annotations

from launchready_testbed.error_screens import always, html_page, on
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(
        on(always, html_page("<h1>Bad gateway</h1><p>connect ECONNREFUSED 10.20.0.5:5432</p>", 502), 404)
    )


FAULT = Fault(
    says="The page for what is not there says which server behind it did not answer.",
    trips=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/nothing\n< ECONNREFUSED 10.20.0.5:5432",
    apply=_apply,
)
