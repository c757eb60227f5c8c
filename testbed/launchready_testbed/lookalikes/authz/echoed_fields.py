"""What is sent as the profile is repeated in the answer with all its fields; only those meant are kept."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from launchready_testbed.doors import Answer, rewritten
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import PORTAL, World


def _apply(world: World) -> None:
    world.access.offers = ("profile-data",)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        sent = await request.body()

        async def again() -> Message:
            return {"type": "http.request", "body": sent, "more_body": False}

        def change(request: Request, status: int, headers: dict[str, str], body: bytes) -> Answer:
            if status != 204:
                return status, headers, body
            return 200, {**headers, "content-type": "application/json"}, json.dumps(json.loads(sent)).encode()

        await rewritten(world.lab.portal, change)(scope, again, send)

    def rule(request: Request) -> ASGIApp | None:
        return app if request.method == "PATCH" and request.url.path.startswith("/api/v1/") else None

    world.secure(rule, (PORTAL,))


LOOKALIKE = Lookalike(
    says="What is sent as the profile is repeated in the answer with all its fields; only those meant are kept.",
    spares=("authz/property",),
    look=(
        '$ sign_in nora > /dev/null; interface nora PATCH /profile \'{"name": "Nora North", "role": "admin"}\'\n'
        "< HTTP/1.1 200\n"
        '< "role": "admin"\n'
        "$ get nora /api/v1/profile\n"
        '< "role":"client"'
    ),
    apply=_apply,
)
