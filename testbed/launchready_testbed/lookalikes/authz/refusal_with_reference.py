"""A refusal holds a long reference for our support, another one each time."""

from __future__ import annotations

import json
import secrets

from starlette.requests import Request

from launchready_testbed.doors import Answer, changed
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.access.offers = ("invoice-data",)

    def change(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
        reference = f"H-2026-{secrets.token_hex(6)}"
        kind = headers.get("content-type", "")
        if status not in (403, 404):
            return status, headers, body
        if kind.startswith("application/json"):
            answer = {**json.loads(body), "reference": reference, "support": "help@lab.test"}
            return status, headers, json.dumps(answer, separators=(",", ":")).encode()
        words = f"<p>Tell our support the reference {reference} at help@lab.test.</p></main>"
        return status, headers, body.replace(b"</main>", words.encode())

    changed(world, change)


LOOKALIKE = Lookalike(
    says="A refusal holds a long reference for our support, another one each time.",
    spares=("authz/object", "authz/function", "authz/anonymous"),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /invoices/6\n"
        "< HTTP/1.1 404\n"
        "< Tell our support the reference \n"
        "$ get nora /api/v1/invoices/6\n"
        '< "reference":"H-2026-'
    ),
    apply=_apply,
)
