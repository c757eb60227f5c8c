"""The page of the reset link sends its whole address to a host that it loads from."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders

from launchready_testbed.fault import Fault
from launchready_testbed.world import Seen, Snippet, World


def _apply(world: World) -> None:
    def edit(seen: Seen, headers: MutableHeaders) -> None:
        if seen.path.startswith("/reset/"):
            headers["referrer-policy"] = "unsafe-url"

    world.edit(edit)
    here = '<p><a href="https://stats.partner.test/">Counted by our partner</a></p>'
    world.snippets.append(Snippet(here, "body", lambda path: path.startswith("/reset/")))


FAULT = Fault(
    says="The page of the reset link sends its whole address to a host that it loads from.",
    trips=("auth/password-reset",),
    look=(
        '$ submit stranger /forgot /forgot --data-urlencode "email@$BED_SECRETS/nora.username"; sleep 0.5\n'
        "< location: /forgot/sent\n"
        "$ link nora > reset; get stranger \"$(sed 's|https://[^/]*||' reset)\"\n"
        "< referrer-policy: unsafe-url\n"
        "< https://stats.partner.test"
    ),
    apply=_apply,
)
