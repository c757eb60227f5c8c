"""The script holds the database service's key that no policy holds back, beside the public one."""

from __future__ import annotations

from launchready_testbed import secret_shapes
from launchready_testbed.bundling import build
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    keys = f'const anon="{secret_shapes.supabase_anon()}",admin="{secret_shapes.supabase_service_role()}";'
    build(world, keys)


FAULT = Fault(
    says="The script holds the database service's key that no policy holds back, beside the public one.",
    trips=("secrets/bundle",),
    look="$ curl -s https://portal.lab.test:{https}/ | sed -n 's/.*src=\"\\(.assets.app[^\"]*\\)\".*/\\1/p' > script.txt\n$ curl -s https://portal.lab.test:{https}$(head -n 1 script.txt) | sed -n 's/.*admin=\"[^.]*\\.\\([^.]*\\)\\..*/\\1/p' | tr _- /+ | base64 -d 2> /dev/null\n< service_role",
    apply=_apply,
)
