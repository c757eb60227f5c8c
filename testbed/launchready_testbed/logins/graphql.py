"""The script of the page signs in with a mutation of GraphQL; a wrong password is answered 200 as well."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_PAGE = """<div id="app"></div><script nonce="{nonce}">
const app = document.getElementById("app");
const field = (label, type) => {
  const input = Object.assign(document.createElement("input"), { type });
  const line = document.createElement("label");
  line.append(label, input);
  app.append(line);
  return input;
};
const user = field("Username", "text"), word = field("Password", "password");
const go = Object.assign(document.createElement("button"), { textContent: "Sign in" });
const said = document.createElement("p");
app.append(go, said);
go.addEventListener("click", async () => {
  const query = "mutation SignIn($user: String!, $word: String!) { signIn(user: $user, word: $word) { name } }";
  const body = JSON.stringify({ query, variables: { user: user.value, word: word.value } });
  const answer = await (await fetch("/graphql", { method: "POST", body, headers: { "content-type": "application/json" } })).json();
  if (answer.errors) said.textContent = answer.errors[0].message;
  else location.assign("/desk");
});
</script>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "silas", "Silas Sommer", "silas"), cookie="graph")

    async def show(request: Request) -> Response:
        return portal.page(request, "Sign in", _PAGE)

    async def take(request: Request) -> Response:
        try:
            sent = await request.json()
            signing, variables = "signIn" in sent["query"], sent["variables"]
            right = signing and portal.guest.is_right(str(variables["user"]), str(variables["word"]))
        except (ValueError, KeyError, TypeError):
            return portal.json(request, {"errors": [{"message": "Must provide query string."}]}, 400)
        if not right:
            return portal.json(
                request, {"data": None, "errors": [{"message": "Wrong username or password."}]}
            )
        portal.enter(request)
        return portal.json(request, {"data": {"signIn": {"name": portal.guest.full_name}}})

    portal.open(Route("/sign-in", show), Route("/graphql", take, methods=["POST"]))


LOGIN = LoginShape(
    says="The script of the page signs in with a mutation of GraphQL; a wrong password is answered 200 as well.",
    look=(
        """$ send() { get silas /graphql -H 'content-type: application/json' -d "{\\"query\\":\\"mutation { signIn }\\","""
        """\\"variables\\":{\\"user\\":\\"$(cat {secrets}/silas.username)\\",\\"word\\":\\"$1\\"}}"; }; """
        """send wrong; send "$(cat {secrets}/silas.password)"\n"""
        "$ get silas /desk\n"
        '< 200 \n< "errors"\n< {"signIn":{"name"\n< Crate 7741'
    ),
    apply=_apply,
    browser=True,
)
