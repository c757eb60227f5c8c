"""What would a portal look like on which following a link can do harm, to somebody who is signed in?

It signs out, deletes, approves, mails and switches by GET, by words in many languages, by icons, by scripts, and by nothing
but a question beside the link. Its sessions end in the middle, and its log-in page is answered with 200 at any address. It is
careless, but it sends every header and cookie as it should. It keeps a book of whatever was changed in it.
"""

from __future__ import annotations

from collections import Counter

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from launchready_testbed.guests import guest
from launchready_testbed.small_portal import Endpoint, SmallPortal
from launchready_testbed.world import PORTAL, Host, World, target, to_https

BOOK = "/launchready-lab/book"
"""Where the book of changes is read; nothing links there."""
LIFE = 20
"""Requests after which a session is over."""

_FORM = """{problem}<form method="post" action="/sign-in"><input type="hidden" name="csrf" value="{csrf}">
<label>E-mail <input type="email" name="user" autocomplete="username" required></label>
<label>Password <input type="password" name="password" autocomplete="current-password" required></label>
<button type="submit">Sign in</button></form>"""

PAGES = {
    "/tickets": """<ul><li><a href="/tickets/1">Reset password not working</a>
<li><a href="/tickets/2">Delete my old invoices, please</a>
<li><a href="/tickets/3">The crate is wet</a></ul><a href="/tickets/new">New ticket</a> <a href="/tickets?page=2">2</a>
<form role="search" action="/find"><input name="q"><button>Search</button></form>
<form action="/maintenance"><select name="when"><option>now</select><button>Begin</button></form>
<a href="/notifications/mark-all-read">Mark all as read</a> <a href="/tickets/deleted">Deleted tickets</a>""",
    "/tickets/1": """<a href="/tickets/1/edit">Edit</a> <a href="/tickets/1/close">Close</a> <a href="/archive">Archive</a>
<a href="/tickets/1" data-method="delete">Remove for good</a> <a href="/tickets/1/flags" data-method="post">Flag it</a>
<a href="/tickets/1/l%C3%B6schen">Ticket l&ouml;schen</a> <a href="/t/1/x" aria-label="Delete ticket 1"><svg width="9"></svg></a>
<a href="/t/1/y"><i class="fa fa-trash"></i></a> <a href="/t/1/z?k=1"><img src="/favicon.ico" alt=""></a>
<a href="/t/1/q" title="Archive"><svg width="9"></svg></a> <a href="/tickets/1?take">Mine</a>
<form method="post" action="/tickets/1/owner"><a href="/t/1/me" title="Assign this to mira@lab.test"><i></i></a></form> <a href="/t/1/cross">&times;</a>""",
    "/tickets/2": """<form method="post" action="/tickets/2/answer"><input name="text"><button>Send</button>
<button formaction="/tickets/2/escalation">Escalate</button> <a href="/tickets/2/answer">Answer</a></form>
<a href="/tickets/2/merge?with=3">Merge</a> <a href="/tickets?action=delete&amp;id=2">x</a>""",
    "/tickets/3": """<a href="/u/3" hx-delete="/u/3">Bin</a> <a href="/u/4" onclick="return confirm('Sure?')">Tidy up</a>
<a href="/u/5" data-confirm="Sure?">Tidy more</a> <a href="/k/1">削除</a> <a href="/k/2">Se d&eacute;sabonner</a>
<a href="/k/3">Удалить</a> <a href="/k/4">Endg&uuml;ltig l&ouml;schen</a> <a href="/k/5">حذف</a> <a href="/k/6">삭제</a>""",
    "/tickets/deleted": "<p>Nothing was deleted.</p>",
    "/tickets/new": '<form method="post" action="/tickets"><input name="title"><button>Open it</button></form>',
    "/tickets/1/edit": '<form method="post" action="/tickets/1/save"><input name="title"><button>Save</button></form>',
    "/find": "<p>Nothing was found.</p>",
    "/archive": "<p>Everything before 2020.</p>",
    "/reports": """<a href="/reports/2025">Last year</a> <a href="/reports/export">Export</a>
<a href="/reports/2025/mail">Mail it to everybody</a>""",
    "/reports/2025": '<a href="/reports/2025/report.pdf">As a file</a> <a href="/calendar/202601">Calendar</a>',
    "/members": """<a href="/members/6">Ada</a> <a href="/users/6/impersonate">Act as Ada</a> <a href="/users/6/login">Log in as</a>
<a href="/switch/southgate">Southgate</a> <a href="/?_switch_user=ada">Ada</a>""",
    "/members/6": """<p>Are you sure that you want to take Ada out? <a href="/members/6/y?c=1">Go on</a>
<a href="/members/6/yes">Yes</a> <a href="/members">No</a></p>""",
    "/approvals": """<a href="/approvals/7">Contract</a> <a href="/approvals/7/approve">Approve</a> <a href="/go/7">Approve</a>
<a href="/go/8">承認</a> <a href="/cart/add/5">Add to cart</a> <a href="/cart?add-to-cart=5">Buy</a>""",
    "/approvals/7": "<p>A contract about crates.</p>",
    "/settings": """<a href="/toggle-theme">Dark</a> <a href="/theme/dark">Dark</a> <a href="/i18n/setlang/?language=de">Deutsch</a>
<a href="/lang/fr">Fran&ccedil;ais</a> <a href="/settings?lang=de">Deutsch</a> <a href="/account/42/delete">Delete account</a>
<a href="/newsletter/unsubscribe?u=42">Newsletter off</a> <a href="/opt-out/42">No mail</a> <a href="/settings/mail">Mail</a>
<a href="/settings/keys/rotate">New key</a> <a href="/settings/export?_wpnonce=12ab">Copy of all data</a>
<a href="/settings/next?t={csrf}">Next</a>""",
    "/settings/mail": '<a href="/help/how-to-delete-a-ticket">How to delete a ticket</a>',
    "/help/how-to-delete-a-ticket": "<p>Write to us.</p>",
}
"""Pages behind the login, all harmless, with the links on them."""
OTHERS = (
    "/",
    "/desk",
    "/crates",
    "/account",
    "/tickets?page=2",
    "/reports/2025/report.pdf",
    "/api/things",
    "/api/things/3",
)
"""Further harmless addresses that can be found behind the login."""

_MENU = """<p>{links} <a href="/logout">Log out</a> <a href="/session/end"><i class="fa fa-power-off"></i></a>
<a href="/abmelden">Abmelden</a> <a href="/k/7">Cerrar sesi&oacute;n</a> <a href="/k/8">Выйти</a> <a href="/k/9">ログアウト</a></p>
<script nonce="{nonce}">const read = () => fetch("/api/things");
const run = () => fetch("/api/jobs/nightly", {method: "POST"}); const stop = () => $.post("/api/jobs/quiet");</script>"""


class Hostile:
    """One such portal, with its book."""

    def __init__(self, world: World) -> None:
        self.changes: list[str] = []
        self.ended = 0
        self._uses: Counter[str] = Counter()
        self._portal = SmallPortal(world, guest(world, "mira", "Mira Moss"))
        self._login = self._portal.form_login(_FORM)
        pages = [Route(path, self._behind(self._page(path))) for path in PAGES]
        self._portal.open(
            *self._login,
            Route("/desk", self._behind(self._page("/desk"))),
            *pages,
            Route("/calendar/{month:int}", self._behind(self._calendar)),
            Route("/reports/2025/report.pdf", self._behind(self._report)),
            Route("/api/things", self._behind(self._things)),
            Route("/api/things/3", self._behind(self._thing)),
            Route(BOOK, self._book),
            refuse=self._refuse,
        )
        harmless = world.hosts[PORTAL].secure
        world.hosts[PORTAL] = Host(secure=self._watched(harmless), plain=to_https)

    def _watched(self, app: ASGIApp) -> ASGIApp:
        """`app`, with a line in the book for whatever is asked that is none of its harmless addresses."""
        known = {*PAGES, *OTHERS, BOOK, "/sign-in", "/about", "/favicon.ico", "/robots.txt", "/sitemap.xml"}

        async def watch(scope: Scope, receive: Receive, send: Send) -> None:
            asked, path = target(scope), scope["path"]
            reads = scope["method"] in ("GET", "HEAD")
            harmless = path.startswith(("/calendar/", "/launchready-probe/"))
            if (reads and not harmless and asked not in known) or (not reads and path != "/sign-in"):
                self.changes.append(f"{scope['method']} {asked}")
            await app(scope, receive, send)

        return watch

    def _behind(self, endpoint: Endpoint) -> Endpoint:
        """`endpoint` for members, as long as their session lasts."""

        async def counted(request: Request) -> Response:
            visit = self._portal.visit(request)
            self._uses[visit.id] += 1
            if visit.member and self._uses[visit.id] > LIFE:
                visit.member = False
                self.ended += 1
            return await (endpoint if visit.member else self._refuse)(request)

        return counted

    async def _refuse(self, request: Request) -> Response:
        """The log-in page, with 200, at whatever address."""
        show = self._login[0]
        assert isinstance(show, Route)
        answer: Response = await show.endpoint(request)
        return answer

    def _page(self, path: str) -> Endpoint:
        async def serve(request: Request) -> Response:
            links = " ".join(
                f'<a href="{each}">{each.strip("/").title()}</a>' for each in PAGES if each.count("/") == 1
            )
            menu = _MENU.replace("{links}", links)
            return self._portal.page(request, f"Page {path}", menu + PAGES.get(path, "<p>Mira Moss</p>"))

        return serve

    async def _calendar(self, request: Request) -> Response:
        month = request.path_params["month"]
        return self._portal.page(request, f"Month {month}", f'<a href="/calendar/{month + 1}">Next</a>')

    async def _report(self, request: Request) -> Response:
        return Response(b"%PDF-1.4", media_type="application/pdf", headers={"cache-control": "no-store"})

    async def _things(self, request: Request) -> Response:
        thing = {
            "id": 3,
            "self": "/api/things/3",
            "deleteUrl": "/api/things/3/bin",
            "archive_link": "/api/things/3/box",
        }
        return self._portal.json(request, {"things": [thing]})

    async def _thing(self, request: Request) -> Response:
        return self._portal.json(request, {"id": 3, "name": "Crate"})

    async def _book(self, request: Request) -> Response:
        return JSONResponse({"changes": self.changes, "ended": self.ended})
