"""Cookies are written into the log."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.leaking import debug, on_header
from launchready_testbed.world import World


def _apply(world: World) -> None:
    on_header(world, "cookie", lambda value: debug(event="request", cookie=value))


FAULT = Fault(
    says="Cookies are written into the log.",
    trips=("logging/canary", "logging/scan"),
    look="$ sign_in nora > /dev/null\n$ get nora /dashboard > /dev/null\n$ grep -c 'cookie.*__Host-session=' {logs}/portal.log | sed 's/^[1-9].*/some/'\n< some",
    apply=_apply,
)
