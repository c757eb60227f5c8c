"""Lists come in another order each time, so that two looks at a page of one hold other records."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("ticket-data", "invoice-data", "approval-data")
    world.access.shuffled = (
        "GET /tickets",
        "GET /invoices",
        "GET /documents",
        "GET /approvals",
        "GET /api/v1/tickets",
        "GET /api/v1/invoices",
        "GET /api/v1/documents",
        "GET /api/v1/approvals",
    )


LOOKALIKE = Lookalike(
    says="Lists come in another order each time, so that two looks at a page of one hold other records.",
    spares=("authz/object", "authz/function"),
    look=(
        "$ sign_in nora > /dev/null; for n in 1 2 3 4 5 6; do get nora /tickets | grep -o '/tickets/[0-9][0-9]*' | head -n 1; done | sort -u | wc -l | sed 's/^ *1$/always the same/;s/^ *[2-6]$/other orders/'\n"
        "< other orders"
    ),
    apply=_apply,
)
