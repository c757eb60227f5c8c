"""The answer repeats the address that was typed, for everybody."""

from __future__ import annotations

from html import escape

from launchready_testbed.answering import Given, on_wrong_password
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _repeat(given: Given) -> None:
    given.say(f"<p>{escape(given.account)} could not log in.</p>")


def _apply(world: World) -> None:
    on_wrong_password(world, _repeat)


LOOKALIKE = Lookalike(
    says="The answer repeats the address that was typed, for everybody.",
    spares=("auth/enumeration",),
    look=(
        '$ submit known /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong\n'
        "< could not log in\n"
        "$ submit other /login /login -d email=nobody-here@northwind.test -d password=wrong\n"
        "< could not log in"
    ),
    apply=_apply,
)
