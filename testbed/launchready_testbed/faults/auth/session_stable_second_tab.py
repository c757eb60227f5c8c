"""A page that is opened in a second tab shows the log-in form: a script lets one tab have the session."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World

_SCRIPT = """<script nonce="{nonce}">
if (document.body.dataset.user) {
  if (!sessionStorage.tab && localStorage.tab) {
    const nav = document.querySelector("nav");
    for (const node of [...nav.querySelectorAll("a, form")].slice(4)) node.remove();
    nav.insertAdjacentHTML("beforeend", '<a href="/login">Log in</a>');
    document.querySelector("main").innerHTML = `<h1>Log in</h1><form method="post" action="/login">
      <label>Your address <input name="email" type="email"></label>
      <label>Your password <input name="password" type="password"></label><button>Log in</button></form>
      <p><a href="/forgot">Forgot your password?</a></p>`;
  } else { localStorage.tab = sessionStorage.tab = "taken"; }
}
</script>"""


def _apply(world: World) -> None:
    world.insert_everywhere(_SCRIPT)


FAULT = Fault(
    says="A page that is opened in a second tab shows the log-in form: a script lets one tab have the session.",
    trips=("auth/session-stable",),
    look="$ sign_in nora > /dev/null; get nora /dashboard\n< if (!sessionStorage.tab && localStorage.tab)",
    apply=_apply,
)
