"""The host must end like the own domain, and a domain that anybody can register does so too."""

from __future__ import annotations

from urllib.parse import urlsplit

from launchready_testbed.fault import Fault
from launchready_testbed.portal.policy import is_own_path
from launchready_testbed.world import World


def _apply(world: World) -> None:
    def allowed(wanted: str) -> bool:
        return is_own_path(wanted) or (urlsplit(wanted).hostname or "").endswith("lab.test")

    world.auth.next_allowed = allowed


FAULT = Fault(
    says="The host must end like the own domain, and a domain that anybody can register does so too.",
    trips=("auth/callbacks",),
    look=(
        "$ give_password nora --data-urlencode 'next=https://evil-lab.test/'\n"
        "< HTTP/1.1 303\n"
        "< location: https://evil-lab.test/"
    ),
    apply=_apply,
)
