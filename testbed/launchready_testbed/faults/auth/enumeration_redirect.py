"""A wrong password leads to another address than an unknown name does."""

from __future__ import annotations

from launchready_testbed.answering import Given, on_wrong_password
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _lead(given: Given) -> None:
    given.status = 303
    given.headers.append(("location", "/login?again" if given.known else "/login"))


def _apply(world: World) -> None:
    on_wrong_password(world, _lead)


FAULT = Fault(
    says="A wrong password leads to another address than an unknown name does.",
    trips=("auth/enumeration",),
    look=(
        '$ submit known /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong\n'
        "< location: /login?again\n"
        "$ submit other /login /login -d email=nobody-here@northwind.test -d password=wrong\n"
        "< location: /login"
    ),
    apply=_apply,
)
