"""The search looks into the tickets of every client."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("search",)
    world.access.tenant_not_asked = ("GET /search",)


FAULT = Fault(
    says="The search looks into the tickets of every client.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        '$ get nora "/search?q=statement"\n'
        "< HTTP/1.1 200\n"
        "< Southgate Sails\n"
        '$ get sol "/search?q=statement"\n'
        "< Southgate Sails"
    ),
    apply=_apply,
)
