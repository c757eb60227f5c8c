"""The interface adds Spring’s trace to its errors."""

from __future__ import annotations

from launchready_testbed.error_screens import SPRING, below, data, on
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(on(below("/api/"), data(SPRING), 404))


FAULT = Fault(
    says="The interface adds Spring’s trace to its errors.",
    trips=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/api/v1/nothing\n< InvoiceController.java:58",
    apply=_apply,
)
