"""The interface’s errors name the stack (an environment) they come from."""

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
                    "error": "not found",
                    "stack": "production",
                    "trace": "4bf92f3577b34da6a3ce929d0e0e4736",
                    "line": 3,
                },
                404,
            ),
            404,
        )
    )


LOOKALIKE = Lookalike(
    says="The interface’s errors name the stack (an environment) they come from.",
    spares=("deploy/error-pages",),
    look='$ curl -s https://portal.lab.test:{https}/api/v1/nothing\n< "stack":"production"',
    apply=_apply,
)
