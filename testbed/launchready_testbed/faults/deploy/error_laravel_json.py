"""The interface answers what is not there with Laravel’s exception and its trace."""

from __future__ import annotations

from launchready_testbed.error_screens import LARAVEL, below, data, on
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(on(below("/api/"), data(LARAVEL, 404), 404))


FAULT = Fault(
    says="The interface answers what is not there with Laravel’s exception and its trace.",
    trips=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/api/v1/nothing\n< Handler.php",
    apply=_apply,
)
