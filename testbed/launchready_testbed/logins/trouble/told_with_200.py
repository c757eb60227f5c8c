"""The portal file has another password than the portal, which says so in German, with status 200 and the same form again."""

from __future__ import annotations

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal, Words
from launchready_testbed.world import World

_WORDS = Words(
    title="Kistenlager Krüger",
    start="Ihre Kisten stehen bei uns trocken.",
    sign_in="Anmelden",
    sign_out="Abmelden",
    desk="Ihr Schreibtisch",
    crates="Kisten",
    crate="Kiste 7741",
    account="Konto",
    problem="Das hat leider nicht geklappt. Bitte prüfen Sie Ihre Eingaben.",
    language="de",
)
_FORM = """{problem}<form method="post"><input type="hidden" name="csrf" value="{csrf}">
<label>Kennung <input name="a"></label><label>Kennwort <input type="password" name="b"></label><button>Anmelden</button></form>"""


def _apply(world: World) -> None:
    member = guest(world, "jona", "Jona Jäger", "jjaeger", declares="vom letzten Jahr")
    portal = SmallPortal(world, member, words=_WORDS, login="/anmeldung", cookie="KISTEN")
    portal.open(*portal.form_login(_FORM, user="a", word="b", status=200))


LOGIN = LoginShape(
    says="The portal file has another password than the portal, which says so in German, with status 200 and the same form again.",
    look=(
        '$ submit jona /anmeldung /anmeldung --data-urlencode "a@{secrets}/jona.username" --data-urlencode "b@{secrets}/jona.password"\n'
        "< 200 \n< Das hat leider nicht geklappt"
    ),
    apply=_apply,
    shows="Kiste 7741",
    reason="wrong-credentials",
)
