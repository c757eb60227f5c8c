"""A wrong password is answered with 401, an unknown address with 404."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.login_tells_accounts = "status"


FAULT = Fault(
    says="A wrong password is answered with 401, an unknown address with 404.",
    trips=("auth/enumeration",),
    look=(
        '$ submit known /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong\n'
        "< HTTP/1.1 401\n"
        "$ submit other /login /login -d email=nobody-here@northwind.test -d password=wrong\n"
        "< HTTP/1.1 404"
    ),
    apply=_apply,
)
