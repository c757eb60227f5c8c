"""A form in Japanese, without label elements: the words stand in table cells beside the fields."""

from __future__ import annotations

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal, Words
from launchready_testbed.world import World

_WORDS = Words(
    title="木箱倉庫",
    start="お客様の木箱を大切に保管します。",
    sign_in="ログイン",
    sign_out="ログアウト",
    desk="マイデスク",
    crates="木箱一覧",
    crate="木箱 7741 第12区画",
    account="会員情報",
    problem="会員番号またはパスワードが正しくありません。",
    language="ja",
)
_FORM = """{problem}<form method="post" action="/kaiin/nyushitsu"><table><tr><td>会員番号</td><td><input type="text" name="f1"></td></tr>
<tr><td>パスワード</td><td><input type="password" name="f2"></td></tr></table>
<input type="hidden" name="csrf" value="{csrf}"><input type="image" alt="ログイン" src="/favicon.ico" name="go"></form>"""


def _apply(world: World) -> None:
    portal = SmallPortal(
        world,
        guest(world, "haru", "春野はる", "haruno-22"),
        words=_WORDS,
        login="/kaiin",
        cookie="JSESSIONID",
    )
    portal.open(*portal.form_login(_FORM, user="f1", word="f2", status=200, sent_to="/kaiin/nyushitsu"))


LOGIN = LoginShape(
    says="A form in Japanese, without label elements: the words stand in table cells beside the fields.",
    look=(
        "$ get haru /desk\n"
        '$ submit haru /kaiin /kaiin/nyushitsu --data-urlencode "f1@{secrets}/haru.username" --data-urlencode "f2@{secrets}/haru.password"\n'
        "$ get haru /desk\n"
        "< location: /kaiin\n< location: /desk\n< 木箱 7741"
    ),
    apply=_apply,
    shows="木箱 7741",
)
