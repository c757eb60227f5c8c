"""A broken id is answered with the statement that failed."""

from __future__ import annotations

from launchready_testbed.error_screens import html_page, no_number_below, on
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(
        on(
            no_number_below("/invoices/"),
            html_page("<h1>Sorry</h1><p>Query failed: SELECT id, total FROM invoices WHERE id = NULL</p>"),
            404,
        )
    )


FAULT = Fault(
    says="A broken id is answered with the statement that failed.",
    trips=("deploy/error-pages",),
    look="$ sign_in nora > nora.out\n$ get nora /invoices/x\n< SELECT id, total FROM invoices",
    apply=_apply,
)
