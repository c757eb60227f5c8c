"""An invoice has a signed link for whoever pays it, which nobody can guess and strangers may open."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.invoices_shared = True


LOOKALIKE = Lookalike(
    says="An invoice has a signed link for whoever pays it, which nobody can guess and strangers may open.",
    spares=("authz/object", "authz/function", "authz/anonymous"),
    look=(
        "$ sign_in nora > /dev/null; get nora /invoices/1 | grep -o '/shared/invoices/1/[0-9a-f]*' > link\n"
        '$ curl -si "$BED_URL$(cat link)"\n'
        "< HTTP/1.1 200\n"
        "< H-2026-1001\n"
        '$ curl -si "$BED_URL/shared/invoices/2/$(basename "$(cat link)")"\n'
        "< HTTP/1.1 404"
    ),
    apply=_apply,
)
