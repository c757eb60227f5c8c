"""A second cookie is a token without a signature; only the help centre reads it, to know which language to show."""

from __future__ import annotations

import base64
import json

from starlette.datastructures import MutableHeaders

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import PORTAL, Seen, World


def _part(value: dict[str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


_HINT = f"hint={_part({'alg': 'none'})}.{_part({'sub': 'reader', 'lang': 'en'})}.; Path=/; Secure; HttpOnly; SameSite=Lax"


def _edit(seen: Seen, headers: MutableHeaders) -> None:
    if seen.scheme == "https" and seen.host == PORTAL:
        headers.append("set-cookie", _HINT)


def _apply(world: World) -> None:
    world.edit(_edit)


LOOKALIKE = Lookalike(
    says="A second cookie is a token without a signature; only the help centre reads it, to know which language to show.",
    spares=("auth/bypass", "auth/logout"),
    look=('$ curl -si "$BED_URL/"\n< set-cookie: hint=eyJhbGciOiAibm9uZSJ9.'),
    apply=_apply,
)
