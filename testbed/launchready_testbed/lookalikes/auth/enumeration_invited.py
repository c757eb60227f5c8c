"""There is no way to sign up: people are invited."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import PORTAL, World, nothing_here


def _closed(request: Request) -> ASGIApp | None:
    return nothing_here if request.url.path.startswith("/signup") else None


def _apply(world: World) -> None:
    world.secure(_closed, (PORTAL,))


LOOKALIKE = Lookalike(
    says="There is no way to sign up: people are invited.",
    spares=("auth/enumeration",),
    look=("$ get k /signup\n< HTTP/1.1 404"),
    apply=_apply,
)
