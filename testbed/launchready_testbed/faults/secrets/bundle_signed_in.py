"""Everybody who signs in is given the chat's token in the state of the first page."""

from __future__ import annotations

import json

from launchready_testbed import secret_shapes
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    state = json.dumps({"chat": {"token": secret_shapes.slack()}})
    world.insert(f'<script nonce="{{nonce}}">window.__STATE__={state}</script>', on=("/dashboard",))


FAULT = Fault(
    says="Everybody who signs in is given the chat's token in the state of the first page.",
    trips=("secrets/bundle",),
    look="$ sign_in sol > /dev/null\n$ get sol /dashboard | grep -c 'x[o]xb-'\n< 1",
    apply=_apply,
)
