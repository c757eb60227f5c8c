"""The back button signs out: a script sees that one came back."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World

_SCRIPT = """<script nonce="{nonce}">
const leave = () => document.querySelector("form[action='/logout']")?.submit();
if (performance.getEntriesByType("navigation")[0].type === "back_forward") leave();
addEventListener("pageshow", (event) => { if (event.persisted) leave(); });
</script>"""


def _apply(world: World) -> None:
    world.insert_everywhere(_SCRIPT)


FAULT = Fault(
    says="The back button signs out: a script sees that one came back.",
    trips=("auth/session-stable",),
    look='$ sign_in nora > /dev/null; get nora /dashboard\n< type === "back_forward") leave();',
    apply=_apply,
)
