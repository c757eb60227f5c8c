"""Only those who work for the house are shown the trace."""

from __future__ import annotations

from launchready_testbed.error_screens import no_number_below, on, raised_anew
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(on(no_number_below("/clients/"), raised_anew, 404))


FAULT = Fault(
    says="Only those who work for the house are shown the trace.",
    trips=("deploy/error-pages",),
    look="$ sign_in ada > ada.out\n$ get ada /clients/x\n< Traceback (most recent call last):",
    apply=_apply,
)
