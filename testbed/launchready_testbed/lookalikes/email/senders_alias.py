"""A service keeps its key for the domain, by an alias."""

from __future__ import annotations

from launchready_testbed.dns import sound_zone
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.email["senders"] = ["203.0.113.25", "sendgrid"]
    world.zones["sendgrid.net"] = sound_zone("sendgrid.net")
    world.text("s1.domainkey.u1.wl.sendgrid.net", world.lab.keys.key("s1").record)
    world.zones["lab.test"].add("s1._domainkey.lab.test", "CNAME", "s1.domainkey.u1.wl.sendgrid.net.")


LOOKALIKE = Lookalike(
    says="A service keeps its key for the domain, by an alias.",
    spares=("email/senders",),
    look="$ dig +short TXT s1._domainkey.lab.test @127.0.0.1 -p {dns}\n< wl.sendgrid.net.",
    apply=_apply,
)
