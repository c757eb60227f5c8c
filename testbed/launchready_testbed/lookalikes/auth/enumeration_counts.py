"""The answer says how many tries a name has left, also one that nobody has."""

from __future__ import annotations

from launchready_testbed.answering import Given, on_wrong_password
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    tries: dict[str, int] = {}

    def count(given: Given) -> None:
        tries[given.account] = tries.get(given.account, 10) - 1
        given.say(f"<p>{tries[given.account]} more tries.</p>")

    on_wrong_password(world, count)


LOOKALIKE = Lookalike(
    says="The answer says how many tries a name has left, also one that nobody has.",
    spares=("auth/enumeration",),
    look=(
        '$ submit known /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong\n'
        "< 9 more tries\n"
        "$ submit other /login /login -d email=nobody-here@northwind.test -d password=wrong\n"
        "< 9 more tries"
    ),
    apply=_apply,
)
