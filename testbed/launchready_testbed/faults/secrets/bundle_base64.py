"""The script holds a payment key in base64."""

from __future__ import annotations

import base64

from launchready_testbed import secret_shapes
from launchready_testbed.bundling import build
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    packed = base64.b64encode(f'{{"pay":"{secret_shapes.stripe()}"}}'.encode()).decode()
    build(world, f'const config=JSON.parse(atob("{packed}"));')


FAULT = Fault(
    says="The script holds a payment key in base64.",
    trips=("secrets/bundle",),
    look="$ curl -s https://portal.lab.test:{https}/ | sed -n 's/.*src=\"\\(.assets.app[^\"]*\\)\".*/\\1/p' > script.txt\n$ curl -s https://portal.lab.test:{https}$(head -n 1 script.txt) | sed -n 's/.*atob(\"\\([^\"]*\\)\").*/\\1/p' | base64 -d | grep -c '[s]k_live_'\n< 1",
    apply=_apply,
)
