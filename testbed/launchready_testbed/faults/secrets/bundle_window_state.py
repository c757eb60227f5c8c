"""An inline script hands the front end the server's cloud key."""

from __future__ import annotations

import json

from launchready_testbed import secret_shapes
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    key = secret_shapes.aws_id(), secret_shapes.aws_secret()
    state = json.dumps({"AWS_ACCESS_KEY_ID": key[0], "AWS_SECRET_ACCESS_KEY": key[1]})
    world.insert(f'<script nonce="{{nonce}}">window.__ENV__={state}</script>', on=("/status",))


FAULT = Fault(
    says="An inline script hands the front end the server's cloud key.",
    trips=("secrets/bundle",),
    look="$ curl -s https://portal.lab.test:{https}/status | grep -c 'AWS_SECRET_ACCESS_KEY'\n< 1",
    apply=_apply,
)
