"""SPF names a service that the newsletter uses, and the portal does not."""

from __future__ import annotations

from launchready_testbed.dns import sound_zone
from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    zone = world.zones["mcsv.net"] = sound_zone("mcsv.net")
    zone.add("servers.mcsv.net", "TXT", '"v=spf1 ip4:198.51.100.0/24 ?all"')
    world.text("lab.test", f"v=spf1 ip4:{SOURCE} include:servers.mcsv.net -all")


LOOKALIKE = Lookalike(
    says="SPF names a service that the newsletter uses, and the portal does not.",
    spares=("email/senders",),
    look="$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n< include:servers.mcsv.net",
    apply=_apply,
)
