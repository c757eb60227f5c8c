"""Everybody's feed opens with the key of anybody's."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("keyed-feed",)
    world.access.any_feed_key = True


FAULT = Fault(
    says="Everybody's feed opens with the key of anybody's.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ key=$(get nora /tickets | sed -n 's/.*tickets.xml?key=\\([0-9a-f]*\\).*/\\1/p'); curl -si \"$BED_URL/feeds/4/tickets.xml?key=$key\"\n"
        "< HTTP/1.1 200\n"
        "< Southgate Sails\n"
        "$ get sol /feeds/4.xml\n"
        "< Southgate Sails"
    ),
    apply=_apply,
)
