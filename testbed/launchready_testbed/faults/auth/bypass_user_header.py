"""The portal believes X-Forwarded-User, which was meant for a proxy that is not there."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp

from launchready_testbed.doors import is_stranger, let_in
from launchready_testbed.fault import Fault
from launchready_testbed.people import PEOPLE
from launchready_testbed.world import PORTAL, World


def _rule(world: World, request: Request) -> ASGIApp | None:
    named = request.headers.get("x-forwarded-user", "")
    known = any(person.email == named for person in PEOPLE)
    return let_in(world, request.url.path, named) if known and is_stranger(request) else None


def _apply(world: World) -> None:
    world.secure(lambda request: _rule(world, request), (PORTAL,))


FAULT = Fault(
    says="The portal believes X-Forwarded-User, which was meant for a proxy that is not there.",
    trips=("auth/bypass",),
    look=(
        '$ curl -si -H "X-Forwarded-User: $(cat {secrets}/sam.username)" "$BED_URL/profile"\n'
        "< HTTP/1.1 200\n"
        "< sam@lab.test"
    ),
    apply=_apply,
)
