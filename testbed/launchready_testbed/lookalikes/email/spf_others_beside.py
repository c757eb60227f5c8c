"""Beside the record stand those of other purposes, one of which looks like SPF and is Sender ID."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.sending import SOURCE
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.text(
        "lab.test",
        "google-site-verification=abc",
        f"v=spf1 ip4:{SOURCE} -all",
        "spf2.0/pra ip4:198.51.100.7 ?all",
        "MS=ms12345678",
    )


LOOKALIKE = Lookalike(
    says="Beside the record stand those of other purposes, one of which looks like SPF and is Sender ID.",
    spares=("email/spf",),
    look=(
        "$ dig +short TXT lab.test @127.0.0.1 -p {dns} | sort\n"
        '< "google-site-verification=abc"\n'
        '< "spf2.0/pra'
    ),
    apply=_apply,
)
