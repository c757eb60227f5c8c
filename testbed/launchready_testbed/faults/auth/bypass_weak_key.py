"""Tokens are signed with a word that everybody tries first."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.weak_key = True


FAULT = Fault(
    says="Tokens are signed with a word that everybody tries first.",
    trips=("auth/bypass",),
    look=(
        "$ quay_sign_in tess\n"
        "< HTTP/1.1 200\n"
        '$ test "$(printf \'%s.%s\' "$(part_of tess 1)" "$(part_of tess 2)" | openssl dgst -sha256 -hmac secret -binary | armoured)" = "$(part_of tess 3)" && echo signed with the word secret\n'
        "< signed with the word secret"
    ),
    apply=_apply,
    portal="quay",
)
