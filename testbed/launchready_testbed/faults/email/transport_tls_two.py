"""There are two records on TLS reports, so nobody sends any."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text(
        "_smtp._tls.lab.test", "v=TLSRPTv1; rua=mailto:tls@lab.test", "v=TLSRPTv1; rua=mailto:more@lab.test"
    )


FAULT = Fault(
    says="There are two records on TLS reports, so nobody sends any.",
    trips=("email/transport",),
    look="$ dig +short TXT _smtp._tls.lab.test @127.0.0.1 -p {dns}\n< more@",
    apply=_apply,
)
