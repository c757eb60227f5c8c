"""A page is written in capitals, without quotation marks and without closing anything."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.page(
        "/soup", "<HTML LANG=en><TITLE>Soup<BODY BGCOLOR=white><P>One<P>Two<A HREF=/help>Help<TABLE><TR><TD>x"
    )
    world.insert('<a href="/soup">Soup</a>')


LOOKALIKE = Lookalike(
    says=("A page is written in capitals, without quotation marks and without closing anything."),
    spares=(
        "https/redirects",
        "https/redirect-map",
        "https/certificate",
        "https/tls",
        "https/hsts",
        "https/mixed-content",
        "https/headers",
    ),
    look=("$ curl -s https://portal.lab.test:{https}/soup\n< <HTML LANG=en><TITLE>Soup"),
    apply=_apply,
)
