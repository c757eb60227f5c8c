"""An address that does not exist is answered with a page that says so, and 200."""

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
        return world.document(
            "<!doctype html><html><title>Oh no</title><h1>There is no such page</h1></html>",
            "text/html; charset=utf-8",
        )

    world.rule(rule)


LOOKALIKE = Lookalike(
    says="An address that does not exist is answered with a page that says so, and 200.",
    spares=("secrets/exposed-files",),
    look="$ curl -s -o /dev/null -w '%{http_code}' https://portal.lab.test:{https}/.env\n< 200",
    apply=_apply,
)
