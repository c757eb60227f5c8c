"""An attribute of a page holds the settings of the mail provider, with its key."""

from __future__ import annotations

import json
from html import escape

from launchready_testbed import secret_shapes
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    settings = json.dumps({"provider": "sendgrid", "key": secret_shapes.sendgrid()})
    world.insert(f'<div data-settings="{escape(settings)}"></div>', on=("/contact",))


FAULT = Fault(
    says="An attribute of a page holds the settings of the mail provider, with its key.",
    trips=("secrets/bundle",),
    look="$ curl -s https://portal.lab.test:{https}/contact | grep -c 'data-settings'\n< 1",
    apply=_apply,
)
