"""Nobody asks for TLS reports."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("_smtp._tls.lab.test")


LOOKALIKE = Lookalike(
    says="Nobody asks for TLS reports.",
    spares=("email/transport",),
    look="$ dig +comments TXT _smtp._tls.lab.test @127.0.0.1 -p {dns}\n< NXDOMAIN",
    apply=_apply,
)
