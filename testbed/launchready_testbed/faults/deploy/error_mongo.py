"""An id of another form is answered with the words of the object mapper."""

from __future__ import annotations

from launchready_testbed.error_screens import data, no_number_below, on
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(
        on(
            no_number_below("/api/v1/tickets/"),
            data(
                {
                    "message": 'Cast to ObjectId failed for value "x" (type string) at path "_id" for model "Ticket"'
                }
            ),
            404,
        )
    )


FAULT = Fault(
    says="An id of another form is answered with the words of the object mapper.",
    trips=("deploy/error-pages",),
    look="$ sign_in nora > nora.out\n$ get nora /api/v1/tickets/x\n< Cast to ObjectId failed",
    apply=_apply,
)
