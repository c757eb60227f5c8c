"""The database service's newer key for pages is in the script."""

from __future__ import annotations

from launchready_testbed import secret_shapes
from launchready_testbed.bundling import build
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    build(world, f'const key="{secret_shapes.supabase_publishable()}";')


LOOKALIKE = Lookalike(
    says="The database service's newer key for pages is in the script.",
    spares=("secrets/bundle",),
    look="$ curl -s https://portal.lab.test:{https}/ | sed -n 's/.*src=\"\\(.assets.app[^\"]*\\)\".*/\\1/p' > script.txt\n$ curl -s https://portal.lab.test:{https}$(head -n 1 script.txt) | grep -c 'const key='\n< 1",
    apply=_apply,
)
