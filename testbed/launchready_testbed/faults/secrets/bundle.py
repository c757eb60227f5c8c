"""The portal's script holds the secret key of the payment provider."""

from __future__ import annotations

from launchready_testbed import secret_shapes
from launchready_testbed.bundling import build
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    build(world, f'const pay=new Pay("{secret_shapes.stripe()}");')


FAULT = Fault(
    says="The portal's script holds the secret key of the payment provider.",
    trips=("secrets/bundle",),
    look="$ curl -s https://portal.lab.test:{https}/ | sed -n 's/.*src=\"\\(.assets.app[^\"]*\\)\".*/\\1/p' > script.txt\n$ curl -s https://portal.lab.test:{https}$(head -n 1 script.txt) | grep -c '[s]k_live_'\n< 1",
    apply=_apply,
)
