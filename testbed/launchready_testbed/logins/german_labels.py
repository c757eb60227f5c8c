"""A form whose labels are German and whose field names tell nothing."""

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
    crate="Kiste 7741, Tor 12",
    account="Konto",
    problem="Kennung oder Kennwort stimmt nicht.",
    language="de",
)
_FORM = """{problem}<form method="post"><p><label for="x1">Kennung</label> <input id="x1" name="bn" maxlength="60"></p>
<p><label for="x2">Kennwort</label> <input id="x2" name="kw" type="password"></p><input type="hidden" name="csrf" value="{csrf}">
<input type="submit" name="los" value="Weiter"></form><p><a href="/about">Kennwort vergessen?</a></p>"""


def _apply(world: World) -> None:
    portal = SmallPortal(
        world,
        guest(world, "jona", "Jona Jäger", "jjaeger"),
        words=_WORDS,
        login="/anmeldung",
        cookie="KISTEN",
    )
    portal.open(*portal.form_login(_FORM, user="bn", word="kw", status=200))


LOGIN = LoginShape(
    says="A form whose labels are German and whose field names tell nothing.",
    look=(
        "$ get jona /desk\n"
        '$ submit jona /anmeldung /anmeldung --data-urlencode "bn@{secrets}/jona.username" --data-urlencode "kw@{secrets}/jona.password"\n'
        "$ get jona /desk\n"
        "< location: /anmeldung\n< location: /desk\n< Kiste 7741"
    ),
    apply=_apply,
    shows="Kiste 7741",
)
