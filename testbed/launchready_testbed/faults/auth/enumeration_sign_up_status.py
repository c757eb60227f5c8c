"""Signing up answers 409 when the address has an account."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.signup_tells_accounts = "status"


FAULT = Fault(
    says="Signing up answers 409 when the address has an account.",
    trips=("auth/enumeration",),
    look=(
        '$ submit k /signup /signup -d name=Somebody --data-urlencode "email@{secrets}/nora.username"\n'
        "< HTTP/1.1 409\n"
        "$ submit u /signup /signup -d name=Somebody -d email=nobody-here@northwind.test\n"
        "< location: /signup/sent"
    ),
    apply=_apply,
)
