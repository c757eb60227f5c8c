"""The interface’s errors show how a request should look."""

from __future__ import annotations

from launchready_testbed.error_screens import below, data, on
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(
        on(
            below("/api/"),
            data(
                {
                    "error": "malformed",
                    "hint": "curl -X POST https://portal.lab.test/api/v1/invoices -d @invoice.json",
                    "example": {"file": "invoice.pdf", "line": 2},
                },
                400,
            ),
            404,
        )
    )


LOOKALIKE = Lookalike(
    says="The interface’s errors show how a request should look.",
    spares=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/api/v1/nothing\n< invoice.pdf",
    apply=_apply,
)
