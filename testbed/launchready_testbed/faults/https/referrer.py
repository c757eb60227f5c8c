"""Other sites are told the full address of the page one came from."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.headers["referrer-policy"] = "unsafe-url"


FAULT = Fault(
    says="Other sites are told the full address of the page one came from.",
    trips=("https/headers",),
    look=("$ curl -sI https://portal.lab.test:{https}/\n< referrer-policy: unsafe-url"),
    apply=_apply,
)
