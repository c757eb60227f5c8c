"""A private key lies in the source's folder, and the next git add takes it in."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.secret_shapes import private_key
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.source.lying["deploy/server.key"] = private_key() + "\n"


FAULT = Fault(
    says="A private key lies in the source's folder, and the next git add takes it in.",
    trips=("secrets/tree",),
    look=(
        "$ git -C {source} status --short --untracked-files=all; head -1 {source}/deploy/server.key\n"
        "< ?? deploy/server.key\n< PRIVATE KEY"
    ),
    apply=_apply,
)
