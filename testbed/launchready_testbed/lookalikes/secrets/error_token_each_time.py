"""The clean page has the frame of all pages, in which each answer holds tokens of its own for the scripts to send back."""

from __future__ import annotations

import os

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from launchready_testbed.error_screens import always, on
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _page(_request: Request, _error: Exception) -> Response:
    said = f'{{"patrolToken":"{os.urandom(20).hex()}","watchToken":"{os.urandom(20).hex()}"}}'
    return HTMLResponse(f"<h1>There is no such page</h1><script>desk.tokens.set({said});</script>", 404)


def _apply(world: World) -> None:
    world.errors.append(on(always, _page, 404))


LOOKALIKE = Lookalike(
    says="The clean page has the frame of all pages, in which each answer holds tokens of its own for the scripts to "
    "send back.",
    spares=("secrets/error-pages", "deploy/error-pages"),
    look=(
        "$ once() { curl -s https://portal.lab.test:{https}/nothing | grep -o 'watchToken.*'; }; once;"
        ' [ "$(once)" != "$(once)" ] && echo another one each time\n'
        '< watchToken":"\n'
        "< another one each time"
    ),
    apply=_apply,
)
