"""The browser itself asks for name and password (HTTP Basic); there is no form and no session."""

from __future__ import annotations

import base64
import binascii

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import QUIET, SmallPortal
from launchready_testbed.world import World


class _Basic(SmallPortal):
    """Everybody who brings the right name and password is a member, for this request."""

    def member(self, request: Request) -> bool:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        try:
            user, _, word = base64.b64decode(given).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return False
        return scheme.lower() == "basic" and self.guest.is_right(user, word)

    def dressed(self, request: Request, response: Response) -> Response:
        return response


def _apply(world: World) -> None:
    portal = _Basic(world, guest(world, "zora", "Zora Zimt", "zora"), login="/desk")

    async def ask(request: Request) -> Response:
        words = "<!doctype html><title>401</title><p>This part is for clients.</p>"
        return HTMLResponse(
            words, 401, headers={**QUIET, "www-authenticate": 'Basic realm="Crate & Co", charset="UTF-8"'}
        )

    portal.open(refuse=ask)


LOGIN = LoginShape(
    says="The browser itself asks for name and password (HTTP Basic); there is no form and no session.",
    look=(
        "$ get zora /desk\n"
        '$ get zora /desk -u "$(cat {secrets}/zora.username):$(cat {secrets}/zora.password)"\n'
        "< 401 \n< Crate 7741"
    ),
    apply=_apply,
)
