"""The session is written into the log beside each request, as an id like others."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.leaking import on_header
from launchready_testbed.world import World


def _apply(world: World) -> None:
    on_header(world, "cookie", lambda value: "request of " + value.rpartition("=")[2])


FAULT = Fault(
    says="The session is written into the log beside each request, as an id like others.",
    trips=("logging/canary",),
    look="$ sign_in nora > /dev/null\n$ get nora /dashboard > /dev/null\n$ grep -c \"request of $(session_of nora)\" {logs}/portal.log | sed 's/^[1-9].*/some/'\n< some",
    apply=_apply,
)
