"""A link leads to a partner's log-in page, out of scope, on https."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World, redirect


def _apply(world: World) -> None:
    world.host(
        "id.partner.test",
        secure=world.document("<!doctype html><html lang=en><title>Sign in</title>"),
        declare=False,
    )
    world.pages["/sso"] = redirect(world.origin("id.partner.test") + "/authorize?client_id=harbour", 302)
    world.insert('<a href="/sso">Sign in with your company</a>')


LOOKALIKE = Lookalike(
    says="A link leads to a partner's log-in page, out of scope, on https.",
    spares=(
        "https/redirects",
        "https/redirect-map",
        "https/certificate",
        "https/tls",
        "https/hsts",
        "https/mixed-content",
        "https/headers",
    ),
    look=(
        "$ curl -sI https://portal.lab.test:{https}/sso\n"
        "< HTTP/1.1 302\n"
        "< location: https://id.partner.test:{https}/authorize"
    ),
    apply=_apply,
)
