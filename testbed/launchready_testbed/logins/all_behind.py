"""Thai; nothing is public: the first address already leads to the form, which remembers where one wanted to go."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal, Words
from launchready_testbed.world import World

_WORDS = Words(
    title="คลังลังไม้",
    start="ยินดีต้อนรับ",
    sign_in="เข้าสู่ระบบ",
    sign_out="ออก",
    desk="โต๊ะของคุณ",
    crates="ลัง",
    crate="ลัง 7741",
    account="บัญชี",
    problem="ข้อมูลไม่ถูกต้อง",
    language="th",
)
_FORM = """{problem}<form method="post" action="/khao?to={to}"><p>ชื่อผู้ใช้ <input name="chue"></p><p>รหัสผ่าน <input type="password" name="rahat"></p>
<input type="hidden" name="csrf" value="{csrf}"><input type="submit" value="ตกลง"></form>"""


def _apply(world: World) -> None:
    member = guest(world, "intira", "อินทิรา", "intira")
    portal = SmallPortal(world, member, words=_WORDS, login="/khao", cookie="khlang")

    def form(request: Request, problem: str = "") -> Response:
        to = quote(request.query_params.get("to", "/"), safe="")
        body = _FORM.replace("{problem}", problem).replace("{to}", to)
        return portal.page(request, _WORDS.sign_in, body, menu=False)

    async def show(request: Request) -> Response:
        return form(request)

    async def take(request: Request) -> Response:
        sent, visit = await request.form(), portal.visit(request)
        if sent.get("csrf") != visit.csrf or not member.is_right(
            str(sent.get("chue", "")), str(sent.get("rahat", ""))
        ):
            return form(request, f"<b>{_WORDS.problem}</b>")
        portal.enter(request)
        wanted = request.query_params.get("to", "/")
        return portal.go(request, wanted if wanted in ("/", "/desk", "/crates", "/account") else "/")

    async def lead(request: Request) -> Response:
        return portal.go(request, f"/khao?to={quote(request.url.path, safe='')}")

    async def start(request: Request) -> Response:
        return portal.page(request, _WORDS.title, f"<p>{_WORDS.start}</p>")

    portal.open(
        Route("/khao", show),
        Route("/khao", take, methods=["POST"]),
        start=portal.behind(start),
        refuse=lead,
    )


LOGIN = LoginShape(
    says="Thai; nothing is public: the first address already leads to the form, which remembers where one wanted to go.",
    look=(
        "$ get intira /\n"
        '$ submit intira /khao /khao?to=%2Fdesk --data-urlencode "chue@{secrets}/intira.username" --data-urlencode "rahat@{secrets}/intira.password"\n'
        "$ get intira /desk\n"
        "< location: /khao?to=%2F\n< location: /desk\n< ลัง 7741"
    ),
    apply=_apply,
    shows="ลัง 7741",
)
