"""Every address is answered with the first page of the front end, which then looks what to show."""

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
            '<!doctype html><html><head><title>Harbour</title></head><body><div id="root"></div></body></html>',
            "text/html; charset=utf-8",
        )

    world.rule(rule)


LOOKALIKE = Lookalike(
    says="Every address is answered with the first page of the front end, which then looks what to show.",
    spares=("secrets/exposed-files",),
    look='$ curl -s https://portal.lab.test:{https}/.git/HEAD\n< <div id="root">',
    apply=_apply,
)
