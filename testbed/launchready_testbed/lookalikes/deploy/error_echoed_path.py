"""The clean page repeats the address that was asked for."""

from __future__ import annotations

from launchready_testbed.error_screens import always, html_page, on
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(on(always, html_page("<h1>There is no page at {path}</h1>", 404), 404))


LOOKALIKE = Lookalike(
    says="The clean page repeats the address that was asked for.",
    spares=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/srv/app/main.py\n< no page at /srv/app/main.py",
    apply=_apply,
)
