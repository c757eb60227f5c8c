"""TLS reports go to a web address."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("_smtp._tls.lab.test", "v=TLSRPTv1; rua=https://reports.lab.test/tls")


LOOKALIKE = Lookalike(
    says="TLS reports go to a web address.",
    spares=("email/transport",),
    look="$ dig +short TXT _smtp._tls.lab.test @127.0.0.1 -p {dns}\n< https://",
    apply=_apply,
)
