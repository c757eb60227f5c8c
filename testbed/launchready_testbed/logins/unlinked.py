"""No link and no usual address leads to the form; only who asks for a page behind it is sent there."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """{problem}<form method="post"><input type="hidden" name="csrf" value="{csrf}"><p>Name<br><input name="n"></p>
<p>Word<br><input type="password" name="w"></p><button>OK</button></form>"""


def _apply(world: World) -> None:
    portal = SmallPortal(
        world, guest(world, "walter", "Walter Wald", "walter"), login="/x/7f3a", cookie="unlinked"
    )

    async def start(request: Request) -> Response:
        body = '<p>We keep your crates dry.</p><p><a href="/about">1998</a> <a href="/crates">Crates</a></p>'
        return portal.page(request, "Crate & Co", body, menu=portal.member(request))

    portal.open(*portal.form_login(_FORM, user="n", word="w", title="Crate & Co"), start=start)


LOGIN = LoginShape(
    says="No link and no usual address leads to the form; only who asks for a page behind it is sent there.",
    look=(
        "$ get walter /crates\n"
        '$ submit walter /x/7f3a /x/7f3a --data-urlencode "n@{secrets}/walter.username" --data-urlencode "w@{secrets}/walter.password"\n'
        "$ get walter /desk\n"
        "< location: /x/7f3a\n< location: /desk\n< Crate 7741"
    ),
    apply=_apply,
)
