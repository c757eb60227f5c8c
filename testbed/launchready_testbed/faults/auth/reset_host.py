"""The link in the reset mail leads to whatever host the request for it names."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.any_host = True
    world.auth.reset_uses_host_header = True


FAULT = Fault(
    says="The link in the reset mail leads to whatever host the request for it names.",
    trips=("auth/password-reset",),
    look=(
        '$ csrf stranger /forgot > token; get stranger /forgot -H \'host: evil.test\' -H "cookie: __Host-session=$(session_of stranger)" --data-urlencode "csrf=$(cat token)" --data-urlencode "email@$BED_SECRETS/nora.username"; sleep 0.5\n'
        "< location: /forgot/sent\n"
        "$ mail nora\n"
        "< https://evil.test/reset/"
    ),
    apply=_apply,
)
