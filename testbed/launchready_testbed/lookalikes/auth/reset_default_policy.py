"""The page of the reset link has the policy of all other pages, which gives other hosts the host alone."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import Snippet, World


def _apply(world: World) -> None:
    world.auth.reset_referrer_policy = False
    here = '<p><a href="https://partner.test/">Our partner</a></p>'
    world.snippets.append(Snippet(here, "body", lambda path: path.startswith("/reset/")))


LOOKALIKE = Lookalike(
    says="The page of the reset link has the policy of all other pages, which gives other hosts the host alone.",
    spares=("auth/password-reset",),
    look=(
        '$ submit stranger /forgot /forgot --data-urlencode "email@$BED_SECRETS/nora.username"; sleep 0.5\n'
        "< location: /forgot/sent\n"
        "$ link nora > reset; get stranger \"$(sed 's|https://[^/]*||' reset)\"\n"
        "< referrer-policy: strict-origin-when-cross-origin\n"
        "< https://partner.test/"
    ),
    apply=_apply,
)
