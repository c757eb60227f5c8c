"""Every page holds a clock, a counter and a code that differ each time, and so does every answer of the interface."""

from __future__ import annotations

import itertools
import json
import secrets
import time

from starlette.requests import Request

from launchready_testbed.doors import Answer, changed
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("ticket-data", "invoice-data")
    numbers = itertools.count(48_211)

    def change(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
        kind = headers.get("content-type", "")
        served = f"{time.time():.6f}"
        if kind.startswith("text/html"):
            words = f"<p>Page number {next(numbers)} of today, made at {served}, code {secrets.token_hex(8)}</p></main>"
            return status, headers, body.replace(b"</main>", words.encode())
        if (
            kind.startswith("application/json")
            and body.startswith(b"{")
            and request.url.path != "/openapi.json"
        ):
            value = {
                **json.loads(body),
                "served": served,
                "request": secrets.token_hex(12),
                "count": next(numbers),
            }
            return status, headers, json.dumps(value, separators=(",", ":")).encode()
        return status, headers, body

    changed(world, change)


LOOKALIKE = Lookalike(
    says="Every page holds a clock, a counter and a code that differ each time, and so does every answer of the interface.",
    spares=("authz/object", "authz/function", "authz/anonymous", "authz/property"),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /invoices/1\n"
        "< Page number\n"
        "$ get nora /api/v1/invoices/1\n"
        '< "served":\n'
        "$ get sol /api/v1/invoices/1\n"
        "< HTTP/1.1 404"
    ),
    apply=_apply,
)
