"""The reset link moves its secret into a cookie, and the page that asks for the new password has it nowhere."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.auth.reset_moves_token = True


LOOKALIKE = Lookalike(
    says="The reset link moves its secret into a cookie, and the page that asks for the new password has it nowhere.",
    spares=("auth/password-reset", "auth/mfa-admin"),
    look=(
        '$ submit stranger /forgot /forgot --data-urlencode "email@$BED_SECRETS/nora.username"; sleep 0.5\n'
        "< location: /forgot/sent\n"
        "$ link nora > reset; get stranger \"$(sed 's|https://[^/]*||' reset)\"\n"
        "< location: /reset/choose\n"
        "$ get stranger /reset/choose\n"
        "< HTTP/1.1 200\n"
        "< New password"
    ),
    apply=_apply,
)
