"""There is no login page: the form is in a dialog of the start page that a button opens."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_PAGE = """<p>We keep your crates dry.</p><button type="button" id="open" aria-haspopup="dialog">Client area</button>
<dialog id="area"><form method="post" action="/session"><input type="hidden" name="csrf" value="{csrf}">
<label>Client number <input name="client" autocomplete="username"></label><label>Password <input type="password" name="password"></label>
<button>Open</button></form></dialog>{problem}<script nonce="{nonce}">
document.getElementById("open").addEventListener("click", () => document.getElementById("area").showModal());
</script>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "wren", "Wren West", "400-17"), login="/", cookie="area")

    async def start(request: Request) -> Response:
        if portal.member(request):
            return portal.page(request, "Crate & Co", "<p>Welcome back.</p>")
        return portal.page(request, "Crate & Co", _PAGE.replace("{problem}", ""), menu=False)

    _, take = portal.form_login(_PAGE, user="client", sent_to="/session")
    portal.open(take, Route("/", start))


LOGIN = LoginShape(
    says="There is no login page: the form is in a dialog of the start page that a button opens.",
    look=(
        '$ submit wren / /session --data-urlencode "client@{secrets}/wren.username" --data-urlencode "password@{secrets}/wren.password"\n'
        "$ get wren /desk\n"
        "< location: /desk\n< Crate 7741"
    ),
    apply=_apply,
)
