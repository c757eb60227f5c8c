"""An empty page on which a script makes the form and sends JSON; nobody without JavaScript sees any of it."""

from __future__ import annotations

import base64
import binascii

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_PAGE = """<div id="root"></div><script nonce="{nonce}">
const root = document.getElementById("root");
const line = (label, type) => {
  const input = Object.assign(document.createElement("input"), { type, ariaLabel: label, placeholder: label });
  root.append(input);
  return input;
};
setTimeout(() => {
  const who = line("Member id", "text"), word = line("Passphrase", "password");
  const go = Object.assign(document.createElement("div"), { textContent: "Enter", tabIndex: 0 });
  go.setAttribute("role", "button");
  const said = document.createElement("p");
  root.append(go, said);
  const send = async () => {
    const answer = await fetch("/rpc/enter", {
      method: "POST",
      headers: { "content-type": "application/json", "x-app": "crates" },
      body: JSON.stringify({ v: 3, op: { who: who.value, phrase: btoa(unescape(encodeURIComponent(word.value))) } }),
    });
    if (answer.ok) location.replace("/desk");
    else said.textContent = "Unknown member id or passphrase.";
  };
  go.addEventListener("click", send);
  word.addEventListener("keydown", (event) => event.key === "Enter" && send());
}, 150);
</script>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "rune", "Rune Rask", "RR-3317"), login="/enter", cookie="rpc")

    async def show(request: Request) -> Response:
        return portal.page(request, "Enter", _PAGE)

    async def take(request: Request) -> Response:
        sent = await _operation(request)
        if not portal.guest.is_right(sent.get("who", ""), _clear(sent.get("phrase", ""))):
            return portal.json(request, {"ok": False}, 403)
        portal.enter(request)
        return portal.json(request, {"ok": True})

    portal.open(Route("/enter", show), Route("/rpc/enter", take, methods=["POST"]))


async def _operation(request: Request) -> dict[str, str]:
    """What the script sent, as text only; nothing when it is of another shape."""
    try:
        sent = await request.json()
        return {str(key): str(value) for key, value in sent["op"].items()} if sent["v"] == 3 else {}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _clear(wrapped: str) -> str:
    """The passphrase, which comes in base 64."""
    try:
        return base64.b64decode(wrapped, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""


LOGIN = LoginShape(
    says="An empty page on which a script makes the form and sends JSON; nobody without JavaScript sees any of it.",
    look=(
        "$ get rune /enter | grep -c '<form'\n"
        """$ get rune /rpc/enter -H 'content-type: application/json' -d "{\\"v\\":3,\\"op\\":{\\"who\\":\\"$(cat {secrets}/rune.username)\\","""
        """\\"phrase\\":\\"$(base64 -w0 {secrets}/rune.password)\\"}}"\n"""
        "$ get rune /desk\n"
        '< 0\n< {"ok":true}\n< Crate 7741'
    ),
    apply=_apply,
    browser=True,
)
