"""The interface shows the text of what was raised, without a trace."""

from __future__ import annotations

from launchready_testbed.error_screens import data, no_number_below, on
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(
        on(
            no_number_below("/api/v1/invoices/"),
            data({"error": "'NoneType' object has no attribute 'tenant_id'"}),
            404,
        )
    )


FAULT = Fault(
    says="The interface shows the text of what was raised, without a trace.",
    trips=("deploy/error-pages",),
    look="$ sign_in nora > nora.out\n$ get nora /api/v1/invoices/x\n< has no attribute",
    apply=_apply,
)
