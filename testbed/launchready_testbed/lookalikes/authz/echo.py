"""The page that says that there is no such record repeats what was asked for."""

from __future__ import annotations

import html
import re

from starlette.requests import Request

from launchready_testbed.doors import Answer, changed
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("filter", "print")

    def change(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
        if status != 404 or not headers.get("content-type", "").startswith("text/html"):
            return status, headers, body
        path = html.escape(request.url.path)
        number = re.sub(r"\D", "", path)
        client = html.escape(request.query_params.get("client", "unknown"))
        words = f"Record {number} at {path} (client {client}) is not known."
        return status, headers, body.replace(b"There is no such page.", words.encode())

    changed(world, change)


LOOKALIKE = Lookalike(
    says="The page that says that there is no such record repeats what was asked for.",
    spares=("authz/object", "authz/function", "authz/anonymous"),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        '$ get nora "/invoices/6?client=2"\n'
        "< HTTP/1.1 404\n"
        "< Record 6 at /invoices/6 (client 2) is not known."
    ),
    apply=_apply,
)
