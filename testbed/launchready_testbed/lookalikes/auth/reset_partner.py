"""The page of the reset link has a link to a partner, and a policy that keeps its own address back."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import Snippet, World


def _apply(world: World) -> None:
    here = '<p><a href="https://partner.test/">Our partner</a></p>'
    world.snippets.append(Snippet(here, "body", lambda path: path.startswith("/reset/")))


LOOKALIKE = Lookalike(
    says="The page of the reset link has a link to a partner, and a policy that keeps its own address back.",
    spares=("auth/password-reset",),
    look=(
        '$ submit stranger /forgot /forgot --data-urlencode "email@$BED_SECRETS/nora.username"; sleep 0.5\n'
        "< location: /forgot/sent\n"
        "$ link nora > reset; get stranger \"$(sed 's|https://[^/]*||' reset)\"\n"
        "< referrer-policy: no-referrer\n"
        "< https://partner.test/"
    ),
    apply=_apply,
)
