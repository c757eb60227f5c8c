"""The domain sends mail and says that it takes none, so answers and reports are lost."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    zone = world.zones["lab.test"]
    zone.remove("lab.test", "MX")
    zone.add("lab.test", "MX", "0 .")


FAULT = Fault(
    says="The domain sends mail and says that it takes none, so answers and reports are lost.",
    trips=("email/dmarc", "email/transport"),
    look="$ dig +short MX lab.test @127.0.0.1 -p {dns}\n< 0 .",
    apply=_apply,
)
