"""Each client has a public page with its name and city, which anybody may read."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.portal.database import TENANTS
from launchready_testbed.world import World


def _apply(world: World) -> None:
    for number, name, city in TENANTS:
        text = f"<!doctype html><title>{name}</title><h1>{name}</h1><p>At home in {city}, and with us since 2019.</p>"
        world.page(f"/companies/{number}", text)
    links = "".join(f'<a href="/companies/{number}">{name}</a> ' for number, name, _city in TENANTS)
    world.insert(links, on=("/", "/dashboard"))


LOOKALIKE = Lookalike(
    says="Each client has a public page with its name and city, which anybody may read.",
    spares=("authz/anonymous", "authz/object", "authz/function"),
    look=(
        '$ curl -si "$BED_URL/companies/2"\n'
        "< HTTP/1.1 200\n"
        "< Southgate Sails\n"
        "$ sign_in nora > /dev/null; get nora /companies/2\n"
        "< Southgate Sails"
    ),
    apply=_apply,
)
