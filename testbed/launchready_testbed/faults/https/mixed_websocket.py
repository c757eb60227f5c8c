"""A script opens a WebSocket without TLS."""

from __future__ import annotations

from launchready_testbed.assets_host import add_assets_host
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    add_assets_host(world)
    world.insert(
        (
            '<script nonce="{nonce}">try { new '
            'WebSocket("ws://portal.lab.test:{http}/live"); } catch (problem) { void '
            "problem; }</script>"
        ),
        on=("/status",),
    )


FAULT = Fault(
    says="A script opens a WebSocket without TLS.",
    trips=("https/mixed-content",),
    look=(
        "$ curl -s https://portal.lab.test:{https}/status\n"
        "< ws://portal.lab.test:{http}/live\n"
        "% /status MixedContentBlocked ws://portal.lab.test:{http}/live"
    ),
    apply=_apply,
)
