"""The page for what is not there is Rails’ own, with its root folder."""

from __future__ import annotations

from launchready_testbed.error_screens import RAILS, always, html_page, on
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(on(always, html_page(RAILS, 404), 404))


FAULT = Fault(
    says="The page for what is not there is Rails’ own, with its root folder.",
    trips=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/nothing\n< Rails.root: /home/deploy",
    apply=_apply,
)
