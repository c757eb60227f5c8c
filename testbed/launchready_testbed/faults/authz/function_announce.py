"""The interface lets everybody announce something, which its description keeps for administrators."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.role_not_asked = ("POST /api/v1/announcements",)


FAULT = Fault(
    says="The interface lets everybody announce something, which its description keeps for administrators.",
    trips=("authz/function",),
    look=(
        "$ sign_in sam > /dev/null; sign_in nora > /dev/null\n"
        '$ curl -s "$BED_URL/openapi.json"\n'
        "< For administrators\n"
        '$ interface sam POST /announcements \'{"title": "Closed", "body": "We close tomorrow."}\'\n'
        "< HTTP/1.1 201\n"
        "$ get nora /api/v1/announcements\n"
        "< We close tomorrow."
    ),
    apply=_apply,
)
