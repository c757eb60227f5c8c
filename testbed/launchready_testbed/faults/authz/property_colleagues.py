"""Whom one works with is told with private numbers and birthdays."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("colleagues",)
    world.access.shown_too = {"GET /api/v1/colleagues": ("phone", "born")}


FAULT = Fault(
    says="Whom one works with is told with private numbers and birthdays.",
    trips=("authz/property",),
    look=('$ sign_in nora > /dev/null\n$ get nora /api/v1/colleagues\n< HTTP/1.1 200\n< "born":"1988-11-23"'),
    apply=_apply,
)
