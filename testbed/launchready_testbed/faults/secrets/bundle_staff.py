"""The page of settings, which staff alone are given, holds a private key."""

from __future__ import annotations

import json

from launchready_testbed import secret_shapes
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    state = json.dumps({"signing": {"key": secret_shapes.private_key()}})
    world.insert(f'<script nonce="{{nonce}}">window.__SETTINGS__={state}</script>', on=("/settings",))


FAULT = Fault(
    says="The page of settings, which staff alone are given, holds a private key.",
    trips=("secrets/bundle",),
    look="$ sign_in sam > /dev/null\n$ get sam /settings | grep -c 'BEGIN [P]RIVATE KEY'\n< 1",
    apply=_apply,
)
