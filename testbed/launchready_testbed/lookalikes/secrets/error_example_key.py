"""The interface’s errors show how a key is sent, by one that is plainly made up."""

from __future__ import annotations

from launchready_testbed.error_screens import below, data, on
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    page = data(
        {
            "error": "no key",
            "hint": "send Authorization: Bearer YOUR_API_KEY, as sk_live_xxxxxxxxxxxxxxxxxxxxxxxx",
        },
        404,
    )
    world.errors.append(on(below("/api/"), page, 404))


LOOKALIKE = Lookalike(
    says="The interface’s errors show how a key is sent, by one that is plainly made up.",
    spares=("secrets/error-pages",),
    look="$ curl -s https://portal.lab.test:{https}/api/v1/nothing\n< Bearer YOUR_API_KEY",
    apply=_apply,
)
