"""Clients' pages hold controls for staff that are only hidden, and the server refuses them."""

from __future__ import annotations

import re

from starlette.requests import Request

from launchready_testbed.doors import Answer, changed
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World

TOKEN = re.compile(rb'name="csrf" value="([^"]+)"')


def _apply(world: World) -> None:
    def change(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
        path = request.url.path
        if status != 200 or not re.fullmatch(r"/tickets/\d+", path) or b"Set the fee" in body:
            return status, headers, body
        token = TOKEN.search(body)
        form = (
            f'<form hidden method="post" action="{path}/fee"><input type="hidden" name="csrf" value="'
            f'{token[1].decode() if token else ""}"><input name="fee" value="4900"><button>Set the fee</button></form></main>'
        )
        return status, headers, body.replace(b"</main>", form.encode())

    changed(world, change)


LOOKALIKE = Lookalike(
    says="Clients' pages hold controls for staff that are only hidden, and the server refuses them.",
    spares=("authz/frontend-only", "authz/function"),
    look=(
        "$ sign_in nora > /dev/null; get nora /tickets/1\n"
        '< <form hidden method="post" action="/tickets/1/fee">\n'
        "$ submit nora /tickets/1 /tickets/1/fee -d fee=100\n"
        "< HTTP/1.1 403\n"
        "$ get nora /tickets/1\n"
        "< costs € 49.00"
    ),
    apply=_apply,
)
