"""French; the name is sent, and the same address answers with the field for the password, in one go (no redirect)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal, Words
from launchready_testbed.world import World

_WORDS = Words(
    title="Caisses & Cie",
    start="Nous gardons vos caisses au sec.",
    sign_in="Connexion",
    sign_out="Se déconnecter",
    desk="Votre bureau",
    crates="Caisses",
    crate="Caisse 7741",
    account="Compte",
    problem="Nous n'avons pas pu vous reconnaître.",
    language="fr",
)
_FIRST = """{problem}<form method="post"><p><label for="a">Identifiant ou courriel</label><input id="a" name="courriel" type="text"></p>
<input type="hidden" name="etape" value="1"><button type="submit">Suivant</button></form>"""
_SECOND = """<p>Bonjour !</p><form method="post"><p><label for="b">Mot de passe</label><input id="b" name="mdp" type="password"></p>
<input type="hidden" name="etape" value="2"><button type="submit">Se connecter</button></form>"""


def _apply(world: World) -> None:
    member = guest(world, "amelie", "Amélie Aubin")
    portal = SmallPortal(world, member, words=_WORDS, login="/espace", cookie="espace")

    def first(request: Request, problem: str = "") -> Response:
        return portal.page(request, _WORDS.sign_in, _FIRST.replace("{problem}", problem))

    async def show(request: Request) -> Response:
        return first(request)

    async def take(request: Request) -> Response:
        sent, notes = await request.form(), portal.visit(request).notes
        if sent.get("etape") == "1":
            notes["courriel"] = str(sent.get("courriel", ""))
            return portal.page(request, _WORDS.sign_in, _SECOND)
        if not member.is_right(notes.pop("courriel", ""), str(sent.get("mdp", ""))):
            return first(request, f"<p>{_WORDS.problem}</p>")
        portal.enter(request)
        return portal.go(request, "/desk")

    portal.open(Route("/espace", show), Route("/espace", take, methods=["POST"]))


LOGIN = LoginShape(
    says="French; the name is sent, and the same address answers with the field for the password, in one go (no redirect).",
    look=(
        '$ get amelie /espace -d etape=1 --data-urlencode "courriel@{secrets}/amelie.username"\n'
        '$ get amelie /espace -d etape=2 --data-urlencode "mdp@{secrets}/amelie.password"\n'
        "$ get amelie /desk\n"
        "< Mot de passe\n< location: /desk\n< Caisse 7741"
    ),
    apply=_apply,
    shows="Caisse 7741",
)
