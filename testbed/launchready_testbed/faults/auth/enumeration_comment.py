"""The words are the same, and a class in the page tells which case it is."""

from __future__ import annotations

from launchready_testbed.answering import Given, on_wrong_password
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _mark(given: Given) -> None:
    given.say(f'<div class="{"bad-password" if given.known else "bad-user"}"></div>')


def _apply(world: World) -> None:
    on_wrong_password(world, _mark)


FAULT = Fault(
    says="The words are the same, and a class in the page tells which case it is.",
    trips=("auth/enumeration",),
    look=(
        '$ submit known /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong\n'
        "< bad-password\n"
        "$ submit other /login /login -d email=nobody-here@northwind.test -d password=wrong\n"
        "< bad-user"
    ),
    apply=_apply,
)
