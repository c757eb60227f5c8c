"""After the two canonical redirects a page still leads to the log-in form, on the same host."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World, redirect


def _apply(world: World) -> None:
    world.pages["/start"] = redirect("/dashboard", 302)
    world.insert('<a href="/start">Start</a>')


LOOKALIKE = Lookalike(
    says=("After the two canonical redirects a page still leads to the log-in form, on the same host."),
    spares=("https/redirects", "https/redirect-map"),
    look=(
        "$ curl -sIL -w 'ends at %{url_effective}' http://www.lab.test:{http}/start\n"
        "< HTTP/1.1 308\n"
        "< HTTP/1.1 301\n"
        "< location: /dashboard\n"
        "< location: /login?next=%2Fdashboard\n"
        "< ends at https://portal.lab.test:{https}/login?next=%2Fdashboard"
    ),
    apply=_apply,
)
