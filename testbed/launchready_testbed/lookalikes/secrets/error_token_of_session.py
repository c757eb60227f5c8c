"""The clean page has the frame of all pages, which holds a token that belongs to its reader's session and ends with it."""

from __future__ import annotations

import hashlib
import os

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from launchready_testbed.error_screens import always, on
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    salt = os.urandom(16)

    def page(request: Request, _error: Exception) -> Response:
        cookies = "".join(f"{name}={value};" for name, value in sorted(request.cookies.items()))
        token = hashlib.sha1(salt + cookies.encode(), usedforsecurity=False).hexdigest() if cookies else ""
        said = f'{{"user":null,"watchToken":"{token}"}}'
        return HTMLResponse(f"<h1>There is no such page</h1><script>desk.tokens.set({said});</script>", 404)

    world.errors.append(on(always, page, 404))


LOOKALIKE = Lookalike(
    says="The clean page has the frame of all pages, which holds a token that belongs to its reader's session and ends "
    "with it.",
    spares=("secrets/error-pages", "deploy/error-pages"),
    look=(
        "$ as() { curl -s --cookie s=$1 https://portal.lab.test:{https}/nothing | grep -o 'watchToken.*'; }; as 1;"
        ' [ "$(as 1)" = "$(as 1)" ] && [ "$(as 1)" != "$(as 2)" ] && echo one for each session\n'
        '< watchToken":"\n'
        "< one for each session"
    ),
    apply=_apply,
)
