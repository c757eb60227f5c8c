"""What does assets.lab.test hold? A second host with files that pages may refer to; sound in itself."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from launchready_testbed.portal.assets import ASSETS
from launchready_testbed.world import NONCE_CSP, World, nothing_here

NAME = "assets.lab.test"
# Other origins may use these files; without this the browser would refuse them for a reason that is not the fault's.
SHARED = {"cross-origin-resource-policy": "cross-origin", "access-control-allow-origin": "*"}
_FRAME = "<!doctype html><html lang=en><title>Frame</title><p>A page inside a page.</p>"


def add_assets_host(world: World) -> None:
    """Adds the host, and gives the portal a policy about scripts alone, so that it does not hide what is loaded."""
    files: dict[str, ASGIApp] = {
        "/app.js": world.document("void 0;\n", "text/javascript; charset=utf-8", headers=SHARED),
        "/site.css": world.document("p { color: inherit; }\n", "text/css; charset=utf-8", headers=SHARED),
        "/photo.png": world.document(ASSETS["harbour.png"].content, "image/png", headers=SHARED),
        "/icons.ttf": world.document(ASSETS["harbour-icons.ttf"].content, "font/ttf", headers=SHARED),
        "/data.json": world.document("{}\n", "application/json", headers=SHARED),
        "/frame.html": world.document(_FRAME, headers={"x-frame-options": "SAMEORIGIN"}),
    }

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        await files.get(scope["path"], nothing_here)(scope, receive, send)

    world.host(NAME, secure=serve)
    world.csp = dict(NONCE_CSP)
