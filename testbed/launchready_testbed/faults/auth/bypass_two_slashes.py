"""Two slashes at the beginning lead past the door of the interface."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.loose_paths = frozenset(("double-slash",))


FAULT = Fault(
    says="Two slashes at the beginning lead past the door of the interface.",
    trips=("auth/bypass",),
    look=('$ curl -si --path-as-is "$BED_QUAY//api/v2/users"\n< HTTP/1.1 200\n< rosa@quay.lab.test'),
    apply=_apply,
    portal="quay",
)
