"""Name and password in one form, of which a script shows the second half when the first is filled in."""

from __future__ import annotations

from launchready_testbed.guests import guest
from launchready_testbed.login_shape import LoginShape
from launchready_testbed.small_portal import SmallPortal
from launchready_testbed.world import World

_FORM = """{problem}<form method="post" action="/sign-in" id="steps"><input type="hidden" name="csrf" value="{csrf}">
<div id="one"><label>User name <input name="login" autocomplete="username"></label><button type="button" id="next">Next</button></div>
<div id="two" hidden><label>Password <input type="password" name="pass" autocomplete="current-password"></label><button>Sign in</button></div>
</form><script nonce="{nonce}">
const next = document.getElementById("next");
next.addEventListener("click", () => {
  if (!document.querySelector("[name=login]").value) return;
  document.getElementById("one").hidden = true;
  document.getElementById("two").hidden = false;
  document.querySelector("[name=pass]").focus();
});
</script>"""


def _apply(world: World) -> None:
    portal = SmallPortal(world, guest(world, "opal", "Opal Orr", "opal.orr"), cookie="steps")
    portal.open(*portal.form_login(_FORM, user="login", word="pass"))


LOGIN = LoginShape(
    says="Name and password in one form, of which a script shows the second half when the first is filled in.",
    look=(
        "$ get opal /sign-in\n"
        '$ submit opal /sign-in /sign-in --data-urlencode "login@{secrets}/opal.username" --data-urlencode "pass@{secrets}/opal.password"\n'
        "$ get opal /desk\n"
        '< id="two" hidden\n< location: /desk\n< Crate 7741'
    ),
    apply=_apply,
)
