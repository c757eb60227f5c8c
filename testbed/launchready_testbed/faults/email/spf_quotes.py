"""Quotation marks were typed into the record, so it does not begin with v=spf1."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text("lab.test", f'"v=spf1 ip4:{SOURCE} -all"')


FAULT = Fault(
    says="Quotation marks were typed into the record, so it does not begin with v=spf1.",
    trips=("email/spf",),
    look=('$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n< "\\"v=spf1'),
    apply=_apply,
)
