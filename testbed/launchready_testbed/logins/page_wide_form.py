"""One form holds the whole page, search included; the server goes by the name of the button that was pressed."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest, same
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """<form method="post" action="./default.aspx" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="{csrf}">
<input type="hidden" name="__EVENTTARGET" value=""><div><input name="ctl00$Search$Text" type="text" placeholder="Search">
<input type="submit" name="ctl00$Search$Go" value="Search"></div>{problem}<table>
<tr><td>User name:</td><td><input name="ctl00$Main$Login$UserName" type="text" id="ctl00_Main_Login_UserName"></td></tr>
<tr><td>Password:</td><td><input name="ctl00$Main$Login$Password" type="password"></td></tr>
<tr><td colspan="2"><input type="submit" name="ctl00$Main$Login$Button" value="Log In"></td></tr></table></form>"""
_LOGIN = "ctl00$Main$Login$"


def _apply(world: World) -> None:
    member = guest(world, "urban", "Urban Ulrich", "urban")
    portal = SmallPortal(world, member, login="/default.aspx", cookie="ASP.NET_SessionId")

    def form(request: Request, problem: str = "") -> Response:
        return portal.page(request, "Client extranet", _FORM.replace("{problem}", problem), menu=False)

    async def show(request: Request) -> Response:
        return form(request)

    async def take(request: Request) -> Response:
        sent = await request.form()
        if not same(str(sent.get("__VIEWSTATE", "")), portal.visit(request).csrf):
            raise HTTPException(500)
        if f"{_LOGIN}Button" not in sent:
            return form(request, "<p>Nothing was found.</p>")
        user, word = (str(sent.get(_LOGIN + name, "")) for name in ("UserName", "Password"))
        if not member.is_right(user, word):
            return form(request, "<p>Your login attempt was not successful. Please try again.</p>")
        portal.enter(request)
        return portal.go(request, "/desk")

    portal.open(Route("/default.aspx", show), Route("/default.aspx", take, methods=["POST"]))


_STATE = '__VIEWSTATE=$(sed -n \'s/.*__VIEWSTATE" value="\\([^"]*\\)".*/\\1/p\' page)'
_SEND = (
    f'get urban /default.aspx --data-urlencode "{_STATE}" --data-urlencode "ctl00\\$Main\\$Login\\$UserName@{{secrets}}/urban.username"'
    ' --data-urlencode "ctl00\\$Main\\$Login\\$Password@{secrets}/urban.password"'
)
LOGIN = LoginShape(
    says="One form holds the whole page, search included; the server goes by the name of the button that was pressed.",
    look=(
        "$ get urban /default.aspx > page\n"
        f"$ {_SEND} -d 'ctl00$Search$Go=Search'\n"
        f"$ {_SEND} -d 'ctl00$Main$Login$Button=Log In'\n"
        "$ get urban /desk\n"
        "< Nothing was found\n< location: /desk\n< Crate 7741"
    ),
    apply=_apply,
)
