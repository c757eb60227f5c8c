"""The interface answers what is not there with its configuration."""

from __future__ import annotations

from launchready_testbed.error_screens import below, data, on
from launchready_testbed.fault import Fault
from launchready_testbed.secret_shapes import sendgrid
from launchready_testbed.world import World


def _apply(world: World) -> None:
    page = data({"error": "not found", "config": {"mail": {"api_key": sendgrid()}}}, 404)
    world.errors.append(on(below("/api/"), page, 404))


FAULT = Fault(
    says="The interface answers what is not there with its configuration.",
    trips=("secrets/error-pages",),
    look='$ curl -s https://portal.lab.test:{https}/api/v1/nothing\n< "api_key":"SG.',
    apply=_apply,
)
