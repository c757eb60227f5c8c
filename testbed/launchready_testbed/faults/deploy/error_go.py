"""What cannot be read as a number is answered with the words of Go."""

from __future__ import annotations

from launchready_testbed.error_screens import no_number_below, on, text
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(
        on(no_number_below("/documents/"), text('strconv.Atoi: parsing "x": invalid syntax', 400), 404)
    )


FAULT = Fault(
    says="What cannot be read as a number is answered with the words of Go.",
    trips=("deploy/error-pages",),
    look="$ sign_in nora > nora.out\n$ get nora /documents/x\n< strconv.Atoi",
    apply=_apply,
)
