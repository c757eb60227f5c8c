"""Plain http answers 200 with a script that goes to https, instead of a redirect."""

from __future__ import annotations

from starlette.responses import HTMLResponse

from launchready_testbed.fault import Fault
from launchready_testbed.world import PORTAL, World

_PAGE = """\
<!doctype html><html lang="en"><title>Moved</title>
<script>
location.port = ""; location.protocol = "https:";
</script></html>
"""


def _apply(world: World) -> None:
    world.plain(lambda _request: HTMLResponse(_PAGE), (PORTAL,))


FAULT = Fault(
    says="Plain http answers 200 with a script that goes to https, instead of a redirect.",
    trips=("https/redirects",),
    look=("$ curl -si http://portal.lab.test:{http}/help\n< HTTP/1.1 200 OK\n< location.port = "),
    apply=_apply,
)
