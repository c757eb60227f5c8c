"""Asking for a new password tells when there is no account."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.reset_tells_accounts = "text"


FAULT = Fault(
    says="Asking for a new password tells when there is no account.",
    trips=("auth/enumeration",),
    look=(
        '$ submit k /forgot /forgot --data-urlencode "email@{secrets}/nora.username"\n'
        "< location: /forgot/sent\n"
        "$ submit u /forgot /forgot -d email=nobody-here@northwind.test\n"
        "< There is no account"
    ),
    apply=_apply,
)
