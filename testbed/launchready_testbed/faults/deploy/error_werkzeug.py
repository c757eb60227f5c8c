"""What is not there is answered by Werkzeug’s debugger."""

from __future__ import annotations

from launchready_testbed.error_screens import WERKZEUG, always, html_page, on
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(on(always, html_page(WERKZEUG), 404))


FAULT = Fault(
    says="What is not there is answered by Werkzeug’s debugger.",
    trips=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/nothing\n< Werkzeug Debugger",
    apply=_apply,
)
