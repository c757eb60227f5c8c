"""The trail of who did what holds the password of who failed to sign in."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.leaking import TYPE, fields, on_body
from launchready_testbed.logbook import Hit
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def line(hit: Hit) -> str | None:
        given = fields(hit)
        return (
            f"failed to sign in: LoginForm(email={given['email']}, password={given['password']})"
            if hit.status == 401 and "password" in given
            else None
        )

    on_body(world, line)


FAULT = Fault(
    says="The trail of who did what holds the password of who failed to sign in.",
    trips=("logging/canary", "logging/scan"),
    look=TYPE
    + "$ grep -c 'LoginForm(email=nobody@lab.test, password=Mountain-41-Lake)' {logs}/portal.log\n< 1",
    apply=_apply,
)
