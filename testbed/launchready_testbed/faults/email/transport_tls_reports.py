"""The address for TLS reports lacks mailto."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("_smtp._tls.lab.test", "v=TLSRPTv1; rua=tls@lab.test")


FAULT = Fault(
    says="The address for TLS reports lacks mailto.",
    trips=("email/transport",),
    look="$ dig +short TXT _smtp._tls.lab.test @127.0.0.1 -p {dns}\n< rua=tls@",
    apply=_apply,
)
