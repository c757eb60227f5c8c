"""The policy allows one inline script by its hash."""

from __future__ import annotations

import base64
import hashlib

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    script = "document.body.dataset.ready = 1;"
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    world.csp["script-src"] = f"'self' 'sha256-{digest}'"
    world.insert(f"<script>{script}</script>")


LOOKALIKE = Lookalike(
    says="The policy allows one inline script by its hash.",
    spares=("https/headers",),
    look=("$ curl -sI https://portal.lab.test:{https}/ | grep -i ^content-security-policy\n< 'sha256-"),
    apply=_apply,
)
