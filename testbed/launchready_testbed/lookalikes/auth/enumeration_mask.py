"""The answer repeats the address with most of it masked, for everybody."""

from __future__ import annotations

from launchready_testbed.answering import Given, on_wrong_password
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _repeat(given: Given) -> None:
    local, _, domain = given.account.partition("@")
    given.say(
        f"<p>We know nothing of {local[:1]}{'*' * (len(local) - 1)}@{domain[:1]}***, or not that password.</p>"
    )


def _apply(world: World) -> None:
    on_wrong_password(world, _repeat)


LOOKALIKE = Lookalike(
    says="The answer repeats the address with most of it masked, for everybody.",
    spares=("auth/enumeration",),
    look=(
        '$ submit known /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong\n'
        "< We know nothing of n***\n"
        "$ submit other /login /login -d email=nobody-here@northwind.test -d password=wrong\n"
        "< We know nothing of n***"
    ),
    apply=_apply,
)
