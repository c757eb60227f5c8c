"""The interface describes problems by the standard, without anything of the inside."""

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
                    "type": "https://docs.lab.test/problems/not-found",
                    "title": "Not found",
                    "status": 404,
                    "detail": "There is no such invoice.",
                    "instance": "/api/v1/nothing",
                },
                404,
            ),
            404,
        )
    )


LOOKALIKE = Lookalike(
    says="The interface describes problems by the standard, without anything of the inside.",
    spares=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/api/v1/nothing\n< problems/not-found",
    apply=_apply,
)
