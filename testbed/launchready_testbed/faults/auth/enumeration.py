"""The log-in page says when there is no account."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.login_tells_accounts = "text"


FAULT = Fault(
    says="The log-in page says when there is no account.",
    trips=("auth/enumeration",),
    look=(
        '$ submit known /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong\n'
        "< Address or password is wrong\n"
        "$ submit other /login /login -d email=nobody-here@northwind.test -d password=wrong\n"
        "< There is no account"
    ),
    apply=_apply,
)
