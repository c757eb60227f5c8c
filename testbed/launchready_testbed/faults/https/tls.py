"""TLS 1.0 and 1.1 are accepted beside the present versions."""

from __future__ import annotations

import ssl

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.tls = world.lab.authority.context(
        world.lab.certificate, minimum=ssl.TLSVersion.TLSv1, ciphers="DEFAULT:@SECLEVEL=0"
    )


FAULT = Fault(
    says="TLS 1.0 and 1.1 are accepted beside the present versions.",
    trips=("https/tls",),
    look=(
        "$ openssl s_client -connect 127.0.0.1:{https} -servername portal.lab.test -tls1 -cipher "
        "DEFAULT:@SECLEVEL=0 </dev/null 2>&1\n"
        "< New, TLSv1.0, Cipher is ECDHE"
    ),
    apply=_apply,
)
