"""The script carries its own source map, and in it a source with an AI provider's key."""

from __future__ import annotations

import base64

from launchready_testbed import secret_shapes
from launchready_testbed.bundling import build, module, source_map
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    mapped = source_map("src/assistant.ts", module("assistant", secret_shapes.openai()))
    data = base64.b64encode(mapped.encode()).decode()
    build(world, f"\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,{data}")


FAULT = Fault(
    says="The script carries its own source map, and in it a source with an AI provider's key.",
    trips=("secrets/bundle",),
    look="$ curl -s https://portal.lab.test:{https}/ | sed -n 's/.*src=\"\\(.assets.app[^\"]*\\)\".*/\\1/p' > script.txt\n$ curl -s https://portal.lab.test:{https}$(head -n 1 script.txt) | sed -n 's/.*base64,//p' | base64 -d | grep -c 'sk-[p]roj-'\n< 1",
    apply=_apply,
)
