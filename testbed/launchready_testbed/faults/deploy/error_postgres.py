"""An id that is no number reaches the database, whose words are shown."""

from __future__ import annotations

from launchready_testbed.error_screens import data, no_number_below, on
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(
        on(
            no_number_below("/api/v1/invoices/", "/api/v1/tickets/", "/api/v1/documents/"),
            data({"error": 'invalid input syntax for type integer: "x"'}, 400),
            404,
        )
    )


FAULT = Fault(
    says="An id that is no number reaches the database, whose words are shown.",
    trips=("deploy/error-pages",),
    look="$ sign_in nora > nora.out\n$ get nora /api/v1/invoices/x\n< invalid input syntax for type integer",
    apply=_apply,
)
