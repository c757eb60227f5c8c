"""The page that asks for the code greets by name, and shows nothing else."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.insert(
        "<p>Hello Ada Admin (ada@lab.test), one more step.</p>", on=("/login/code", "/login/code/recovery")
    )


LOOKALIKE = Lookalike(
    says="The page that asks for the code greets by name, and shows nothing else.",
    spares=("auth/mfa-admin",),
    look=(
        "$ give_password ada\n"
        "< location: /login/code\n"
        "$ get ada /login/code\n"
        "< Hello Ada Admin (ada@lab.test)\n"
        "$ get ada /users\n"
        "< HTTP/1.1 302"
    ),
    apply=_apply,
)
