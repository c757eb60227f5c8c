"""The portal sends as a name below the domain, which takes no mail."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.mail.from_address = "portal@post.lab.test"
    world.email["from"] = ["portal@post.lab.test"]
    world.text("post.lab.test", f"v=spf1 ip4:{SOURCE} -all")


LOOKALIKE = Lookalike(
    says="The portal sends as a name below the domain, which takes no mail.",
    spares=("email/transport", "email/dkim", "email/dmarc", "email/senders"),
    look="$ dig +short TXT post.lab.test @127.0.0.1 -p {dns}\n< v=spf1",
    apply=_apply,
)
