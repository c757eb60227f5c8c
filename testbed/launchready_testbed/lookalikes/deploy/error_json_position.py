"""The interface says where the JSON it was sent breaks off."""

from __future__ import annotations

from launchready_testbed.error_screens import below, data, on
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.errors.append(
        on(below("/api/"), data({"error": "Unexpected end of JSON input at line 1 column 7"}, 400), 404)
    )


LOOKALIKE = Lookalike(
    says="The interface says where the JSON it was sent breaks off.",
    spares=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/api/v1/nothing\n< line 1 column 7",
    apply=_apply,
)
