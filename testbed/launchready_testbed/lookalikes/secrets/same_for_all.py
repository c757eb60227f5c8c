"""Every address that does not exist is answered with the same few lines of settings-like text."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import PORTAL, World, on_secure


def _apply(world: World) -> None:
    known = (
        "/help",
        "/login",
        "/pricing",
        "/assets/",
        "/manifest",
        "/favicon",
        "/status",
        "/terms",
        "/privacy",
        "/security",
        "/contact",
        "/robots",
        "/sitemap",
        "/api/",
        "/forgot",
        "/signup",
        "/oidc/",
    )

    def rule(request: Request) -> ASGIApp | None:
        path = request.url.path
        if not on_secure(request, (PORTAL,)) or path == "/" or path.startswith(known):
            return None
        return world.document("STATUS=ok\nVERSION=4\nREGION=eu\n", "text/plain")

    world.rule(rule)


LOOKALIKE = Lookalike(
    says="Every address that does not exist is answered with the same few lines of settings-like text.",
    spares=("secrets/exposed-files",),
    look="$ curl -s https://portal.lab.test:{https}/.env\n< STATUS=ok\n$ curl -s https://portal.lab.test:{https}/whatever.env\n< STATUS=ok",
    apply=_apply,
)
