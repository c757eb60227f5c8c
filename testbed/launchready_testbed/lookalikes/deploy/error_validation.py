"""The interface says which field of a request does not fit."""

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
                    "detail": [
                        {
                            "loc": ["path", "id"],
                            "msg": "Input should be a valid integer, unable to parse string as an integer",
                            "type": "int_parsing",
                        }
                    ]
                },
                422,
            ),
            404,
        )
    )


LOOKALIKE = Lookalike(
    says="The interface says which field of a request does not fit.",
    spares=("deploy/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/api/v1/nothing\n< int_parsing",
    apply=_apply,
)
