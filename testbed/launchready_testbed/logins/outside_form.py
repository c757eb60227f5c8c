"""Fields and button stand outside the form and name it (form=…); between them is another form."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """{problem}<form id="entry" method="post" action="/entry"><input type="hidden" name="csrf" value="{csrf}"></form>
<label>User <input form="entry" name="u1"></label><form action="/find"><input name="q" placeholder="Find a page"><button>Find</button></form>
<label>Password <input form="entry" type="password" name="p1"></label><button form="entry">Enter</button>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "basil", "Basil Beck", "basil"), login="/gate", cookie="outside")

    async def find(request: Request) -> Response:
        return portal.page(request, "Find", "<p>Nothing.</p>")

    routes = portal.form_login(_FORM, user="u1", word="p1", sent_to="/entry")
    portal.open(*routes, Route("/find", find))


LOGIN = LoginShape(
    says="Fields and button stand outside the form and name it (form=…); between them is another form.",
    look=(
        '$ submit basil /gate /entry --data-urlencode "u1@{secrets}/basil.username" --data-urlencode "p1@{secrets}/basil.password"\n'
        "$ get basil /desk\n"
        "< location: /desk\n< Crate 7741"
    ),
    apply=_apply,
)
