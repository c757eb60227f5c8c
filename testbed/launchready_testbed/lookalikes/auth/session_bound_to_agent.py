"""A session is good in the browser that began it, and nowhere else."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from launchready_testbed.fault import Lookalike
from launchready_testbed.portal.sessions import COOKIE
from launchready_testbed.world import PORTAL, World


def _apply(world: World) -> None:
    began: dict[str, str] = {}

    async def stranger(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [pair for pair in scope["headers"] if pair[0] != b"cookie"]
        await world.lab.portal({**scope, "headers": headers}, receive, send)

    def rule(request: Request) -> ASGIApp | None:
        session, agent = request.cookies.get(COOKIE), request.headers.get("user-agent", "")
        return stranger if session and began.setdefault(session, agent) != agent else None

    world.secure(rule, (PORTAL,))


LOOKALIKE = Lookalike(
    says="A session is good in the browser that began it, and nowhere else.",
    spares=("auth/session-stable", "auth/login"),
    look=(
        "$ sign_in nora > /dev/null; get nora /dashboard | head -n 1\n"
        "< HTTP/1.1 200\n"
        "$ get nora /dashboard -A elsewhere | head -n 1\n"
        "< HTTP/1.1 302"
    ),
    apply=_apply,
)
