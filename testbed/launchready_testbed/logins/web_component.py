"""The form is in the open shadow root of an element of the portal's own, and sends JSON."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_PAGE = """<crate-login></crate-login><script nonce="{nonce}">
customElements.define("crate-login", class extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: "open" });
    root.innerHTML = `<form><label>E-mail <input type="email" id="m"></label><label>Password <input type="password" id="p"></label>
      <button>Sign in</button><p></p></form>`;
    root.querySelector("form").addEventListener("submit", async (event) => {
      event.preventDefault();
      const body = JSON.stringify({ m: root.getElementById("m").value, p: root.getElementById("p").value });
      const answer = await fetch("/gate", { method: "POST", body, headers: { "content-type": "application/json" } });
      if (answer.ok) location.assign("/desk");
      else root.querySelector("p").textContent = "Wrong e-mail or password.";
    });
  }
});
</script>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "noel", "Noel Neuner"), cookie="component")

    async def show(request: Request) -> Response:
        return portal.page(request, "Sign in", _PAGE)

    async def take(request: Request) -> Response:
        try:
            sent = await request.json()
            right = portal.guest.is_right(str(sent["m"]), str(sent["p"]))
        except (ValueError, KeyError, TypeError):
            return portal.json(request, {}, 400)
        if not right:
            return portal.json(request, {}, 401)
        portal.enter(request)
        return portal.json(request, {})

    portal.open(Route("/sign-in", show), Route("/gate", take, methods=["POST"]))


LOGIN = LoginShape(
    says="The form is in the open shadow root of an element of the portal's own, and sends JSON.",
    look=(
        "$ get noel /sign-in\n"
        """$ get noel /gate -H 'content-type: application/json' -d "{\\"m\\":\\"$(cat {secrets}/noel.username)\\","""
        """\\"p\\":\\"$(cat {secrets}/noel.password)\\"}"\n"""
        "$ get noel /desk\n"
        "< attachShadow\n< 200 \n< Crate 7741"
    ),
    apply=_apply,
    browser=True,
)
