"""Search, newsletter, sign-up and login on one page; the login is the third form, and sign-up has passwords too."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_PAGE = """{problem}<form action="/find" role="search"><input type="search" name="q" placeholder="Find"><button>Find</button></form>
<section><h2>New here?</h2><form method="post" action="/join"><label>Name <input name="name"></label><label>E-mail <input type="email" name="email">
</label><label>Password <input type="password" name="password" autocomplete="new-password"></label><label>Again <input type="password" name="password2">
</label><label><input type="checkbox" name="terms"> I agree to the terms</label><button>Create account</button></form></section>
<section><h2>Back again?</h2><form method="post" action="/members"><input type="hidden" name="csrf" value="{csrf}">
<label>E-mail <input type="email" name="email"></label><label>Password <input type="password" name="password"></label>
<button>Log in</button></form></section>
<form method="post" action="/newsletter"><label>Our newsletter <input type="email" name="email"></label><button>Subscribe</button></form>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "vera", "Vera Vale"), login="/members", cookie="members")

    async def thanks(request: Request) -> Response:
        return portal.page(request, "Thank you", "<p>We have written to you.</p>")

    portal.open(
        *portal.form_login(_PAGE, user="email", title="Members", status=200),
        Route("/join", thanks, methods=["POST"]),
        Route("/newsletter", thanks, methods=["POST"]),
        Route("/find", thanks),
    )


LOGIN = LoginShape(
    says="Search, newsletter, sign-up and login on one page; the login is the third form, and sign-up has passwords too.",
    look=(
        "$ get vera /members | grep -o '<form' | wc -l\n"
        '$ submit vera /members /members --data-urlencode "email@{secrets}/vera.username" --data-urlencode "password@{secrets}/vera.password"\n'
        "$ get vera /desk\n"
        "< 4\n< location: /desk\n< Crate 7741"
    ),
    apply=_apply,
)
