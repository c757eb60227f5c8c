"""SPF names a service that sends with an envelope of its own, and its key is not there."""

from __future__ import annotations

from launchready_testbed.dns import sound_zone
from launchready_testbed.fault import Fault
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.email["senders"] = ["203.0.113.25", "mandrill"]
    zone = world.zones["mandrillapp.com"] = sound_zone("mandrillapp.com")
    zone.add("spf.mandrillapp.com", "TXT", '"v=spf1 ip4:198.51.100.0/24 ?all"')
    world.text("lab.test", f"v=spf1 ip4:{SOURCE} include:spf.mandrillapp.com -all")


FAULT = Fault(
    says="SPF names a service that sends with an envelope of its own, and its key is not there.",
    trips=("email/senders",),
    look="$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n< include:spf.mandrillapp.com",
    apply=_apply,
)
