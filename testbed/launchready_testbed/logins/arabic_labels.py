"""A form in Arabic, written from right to left, whose field names are others each time it is shown."""

from __future__ import annotations

import secrets

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal, Words
from launchready_testbed.world import World

_WORDS = Words(
    title="مخزن الصناديق",
    start="نحفظ صناديقكم في مكان جاف.",
    sign_in="تسجيل الدخول",
    sign_out="تسجيل الخروج",
    desk="مكتبك",
    crates="الصناديق",
    crate="صندوق 7741",
    account="الحساب",
    problem="اسم المستخدم أو كلمة المرور غير صحيحة.",
    language="ar",
    direction="rtl",
)
_FORM = """{problem}<form method="post" action="/dukhul"><label>كلمة المرور <input type="password" name="{second}"></label>
<label>البريد الإلكتروني <input type="text" inputmode="email" name="{first}"></label><button>دخول</button></form>"""


def _apply(world: World) -> None:
    portal = SmallPortal(
        world, guest(world, "layla", "ليلى نجم"), words=_WORDS, login="/dukhul", cookie="makhzan"
    )

    def form(request: Request, problem: str = "") -> Response:
        notes = portal.visit(request).notes
        notes |= {key: f"u{secrets.token_hex(4)}" for key in ("first", "second")}
        body = _FORM.replace("{problem}", f'<p class="khata">{problem}</p>' if problem else "")
        for key in ("first", "second"):
            body = body.replace(f"{{{key}}}", notes[key])
        return portal.page(request, portal.words.sign_in, body)

    async def show(request: Request) -> Response:
        return form(request)

    async def take(request: Request) -> Response:
        sent, notes = await request.form(), portal.visit(request).notes
        user, word = (str(sent.get(notes.get(key, ""), "")) for key in ("first", "second"))
        if not portal.guest.is_right(user, word):
            return form(request, portal.words.problem)
        portal.enter(request)
        return portal.go(request, "/desk")

    portal.open(Route("/dukhul", show), Route("/dukhul", take, methods=["POST"]))


LOGIN = LoginShape(
    says="A form in Arabic, written from right to left, whose field names are others each time it is shown.",
    look=(
        "$ get layla /desk\n"
        "$ get layla /dukhul > form; "
        """field() { sed -n "s/.*$1 name=\\"\\(u[0-9a-f]*\\)\\".*/\\1/p" form; }; """
        'get layla /dukhul --data-urlencode "$(field \'inputmode="email"\')@{secrets}/layla.username" '
        '--data-urlencode "$(field \'type="password"\')@{secrets}/layla.password"\n'
        "$ get layla /desk\n"
        "< location: /dukhul\n< location: /desk\n< صندوق 7741"
    ),
    apply=_apply,
    shows="صندوق 7741",
)
