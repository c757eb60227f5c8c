"""A public article asked by a name that is no number answers with Python’s traceback."""

from __future__ import annotations

from launchready_testbed.error_screens import no_number_below, on, raised_anew
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(on(no_number_below("/help/"), raised_anew, 404))


FAULT = Fault(
    says="A public article asked by a name that is no number answers with Python’s traceback.",
    trips=("deploy/error-pages",),
    look='$ curl -s https://portal.lab.test:{https}/help/articles/x\n< Traceback (most recent call last):\n< File "',
    apply=_apply,
)
