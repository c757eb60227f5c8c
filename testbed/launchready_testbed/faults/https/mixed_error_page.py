"""Only the error page loads a script over plain http."""

from __future__ import annotations

from launchready_testbed.assets_host import add_assets_host
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    add_assets_host(world)
    world.insert(
        '<script nonce="{nonce}" src="http://cdn.example.test/chat.js"></script>', on=("/help/old-article",)
    )
    world.insert('<a href="/help/old-article">An older article</a>')


FAULT = Fault(
    says="Only the error page loads a script over plain http.",
    trips=("https/mixed-content",),
    look=(
        "$ curl -s https://portal.lab.test:{https}/help/old-article\n"
        "< http://cdn.example.test/chat.js\n"
        "% /help/old-article MixedContentBlocked http://cdn.example.test/chat.js"
    ),
    apply=_apply,
)
