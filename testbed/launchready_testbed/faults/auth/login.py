"""The first sign-in after a start is lost: the form comes back without a word, though the password was right."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp

from launchready_testbed.fault import Fault
from launchready_testbed.world import PORTAL, World, redirect


def _apply(world: World) -> None:
    lost: list[str] = []

    def lose(request: Request) -> ASGIApp | None:
        if lost or request.method != "POST" or request.url.path != "/login":
            return None
        lost.append("the first")
        return redirect("/login", 303)

    world.secure(lose, (PORTAL,))


FAULT = Fault(
    says="The first sign-in after a start is lost: the form comes back without a word, though the password was right.",
    trips=("auth/login",),
    look=(
        "$ give_password nora\n"
        "< HTTP/1.1 303\n"
        "< location: /login\n"
        "$ get nora /dashboard\n"
        "< HTTP/1.1 302\n"
        "$ give_password nora; get nora /profile\n"
        "< location: /dashboard\n"
        "< nora@northwind.test"
    ),
    apply=_apply,
)
