"""People's own mail goes through a provider that SPF names."""

from __future__ import annotations

from launchready_testbed.dns import sound_zone
from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.email["senders"] = ["203.0.113.25", "Google Workspace"]
    zone = world.zones["google.com"] = sound_zone("google.com")
    zone.add("_spf.google.com", "TXT", '"v=spf1 ip4:198.51.100.0/24 ~all"')
    world.text("lab.test", f"v=spf1 ip4:{SOURCE} include:_spf.google.com -all")


LOOKALIKE = Lookalike(
    says="People's own mail goes through a provider that SPF names.",
    spares=("email/senders",),
    look="$ dig +short TXT lab.test @127.0.0.1 -p {dns}\n< include:_spf.google.com",
    apply=_apply,
)
