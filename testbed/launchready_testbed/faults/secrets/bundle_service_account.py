"""The script holds the file of a service account, with its private key."""

from __future__ import annotations

from launchready_testbed import secret_shapes
from launchready_testbed.bundling import build
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    build(world, f"const account={secret_shapes.google_service_account()};")


FAULT = Fault(
    says="The script holds the file of a service account, with its private key.",
    trips=("secrets/bundle",),
    look='$ curl -s https://portal.lab.test:{https}/ | sed -n \'s/.*src="\\(.assets.app[^"]*\\)".*/\\1/p\' > script.txt\n$ curl -s https://portal.lab.test:{https}$(head -n 1 script.txt) | grep -c service_account\n< 1',
    apply=_apply,
)
