"""An old key of 512 bits is still in DNS, with which anybody can soon sign."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World

_KEY = (
    "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBALS/xrtyj1iLebZK2rfXfihGsHxkEfSszrHqHL8GwvZdP2vRCcGDoO5RFOp68iNLlzBJkAVzZz2R7m5Gbnk9nUUC"
    "AwEAAQ=="
)


def _apply(world: World) -> None:
    world.text("s1._domainkey.lab.test", f"v=DKIM1; p={_KEY}")


FAULT = Fault(
    says="An old key of 512 bits is still in DNS, with which anybody can soon sign.",
    trips=("email/dkim",),
    look="$ dig +short TXT s1._domainkey.lab.test @127.0.0.1 -p {dns}\n< MFwwDQYJ",
    apply=_apply,
)
