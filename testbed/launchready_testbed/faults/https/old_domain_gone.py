"""The old domain has no address any more."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import OLD_PORTAL, World


def _apply(world: World) -> None:
    world.zones[OLD_PORTAL].remove(OLD_PORTAL, "A")


FAULT = Fault(
    says="The old domain has no address any more.",
    trips=("https/redirect-map",),
    look=("$ dig +noall +comments @127.0.0.1 -p {dns} old-portal.test A\n< ANSWER: 0"),
    apply=_apply,
)
