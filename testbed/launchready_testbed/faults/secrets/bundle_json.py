"""An answer in JSON that the front end asks for holds an AI provider's key."""

from __future__ import annotations

import json

from launchready_testbed import secret_shapes
from launchready_testbed.bundling import build
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    body = json.dumps({"assistant": {"model": "gpt", "apiKey": secret_shapes.openai()}})
    world.page("/assistant/settings", body, "application/json")
    build(world, 'fetch("/assistant/settings").then((answer)=>answer.json());')


FAULT = Fault(
    says="An answer in JSON that the front end asks for holds an AI provider's key.",
    trips=("secrets/bundle",),
    look="$ curl -s https://portal.lab.test:{https}/assistant/settings | grep -c 'apiKey'\n< 1",
    apply=_apply,
)
