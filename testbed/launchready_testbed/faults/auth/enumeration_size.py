"""A wrong password is answered with a hint that unknown addresses do not get."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.login_tells_accounts = "size"


FAULT = Fault(
    says="A wrong password is answered with a hint that unknown addresses do not get.",
    trips=("auth/enumeration",),
    look=(
        '$ submit known /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong\n'
        "< ask for a new one\n"
        "$ submit other /login /login -d email=nobody-here@northwind.test -d password=wrong\n"
        "< is wrong.<"
    ),
    apply=_apply,
)
