"""A wrong password for an account sets a cookie that others do not get."""

from __future__ import annotations

from launchready_testbed.answering import Given, on_wrong_password
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _mark(given: Given) -> None:
    if given.known:
        given.headers.append(("set-cookie", "retry=1; Path=/; Secure; HttpOnly; SameSite=Lax"))


def _apply(world: World) -> None:
    on_wrong_password(world, _mark)


FAULT = Fault(
    says="A wrong password for an account sets a cookie that others do not get.",
    trips=("auth/enumeration",),
    look=(
        '$ submit known /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong\n'
        "< set-cookie: retry=1"
    ),
    apply=_apply,
)
