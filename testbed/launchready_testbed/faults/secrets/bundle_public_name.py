"""A secret key is built in under a name that says that it is public."""

from __future__ import annotations

from launchready_testbed import secret_shapes
from launchready_testbed.bundling import build
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    build(world, f'const env={{NEXT_PUBLIC_STRIPE_SECRET_KEY:"{secret_shapes.stripe()}"}};')


FAULT = Fault(
    says="A secret key is built in under a name that says that it is public.",
    trips=("secrets/bundle",),
    look='$ curl -s https://portal.lab.test:{https}/ | sed -n \'s/.*src="\\(.assets.app[^"]*\\)".*/\\1/p\' > script.txt\n$ curl -s https://portal.lab.test:{https}$(head -n 1 script.txt) | grep -c NEXT_PUBLIC_STRIPE_SECRET_KEY\n< 1',
    apply=_apply,
)
