"""Pages lead to all that the portal can do: search, tables, feeds, data, lookups; each answers what the person may see."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.portal.access_policy import OFFERS
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = OFFERS


LOOKALIKE = Lookalike(
    says="Pages lead to all that the portal can do: search, tables, feeds, data, lookups; each answers what the person may see.",
    spares=("authz/object", "authz/function", "authz/anonymous", "authz/property", "authz/frontend-only"),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /invoices\n"
        "< /invoices/export.csv\n"
        "$ get nora /invoices/export.csv\n"
        "< H-2026-1001\n"
        '$ get nora "/search?q=statement"\n'
        "< Northwind Rowing\n"
        "$ get nora /feeds/4.xml\n"
        "< HTTP/1.1 404\n"
        "$ interface nora POST /tickets/lookup '{\"ids\": [1, 24]}'\n"
        "< Northwind Rowing"
    ),
    apply=_apply,
)
