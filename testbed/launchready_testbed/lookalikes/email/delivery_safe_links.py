"""The receiver's own provider puts its server before each link, to check it at each click."""

from __future__ import annotations

import re
from urllib.parse import quote

from launchready_testbed.fault import Lookalike
from launchready_testbed.mail.asking import RESET_AT_OUTLOOK
from launchready_testbed.mail.receiving import Incoming
from launchready_testbed.world import World

_HREF = re.compile(rb'href(?:=\r\n)?=3D(?:=\r\n)?"(https:[^"]*)"')


def _apply(world: World) -> None:
    def checked(raw: bytes, _mail: Incoming) -> bytes:
        def wrapped(found: re.Match[bytes]) -> bytes:
            whole = found[1].replace(b"=\r\n", b"").replace(b"=3D", b"=").decode()
            safe = f"https://eur01.safelinks.protection.outlook.com/?url=3D{quote(whole, safe='')}&amp;data=3D05%7C02"
            lines = [safe[at : at + 60] for at in range(0, len(safe), 60)]
            return b'href=3D"' + "=\r\n".join(lines).encode() + b'"'

        return _HREF.sub(wrapped, raw)

    world.receivers["outlook"].alters.append(checked)


LOOKALIKE = Lookalike(
    says="The receiver's own provider puts its server before each link, to check it at each click.",
    spares=("email/delivery", "email/consistency", "email/dkim"),
    look=(
        RESET_AT_OUTLOOK
        + "$ signature sol; mail sol | grep safelinks\n< none that counts: ValidationError\n< eur01.safelinks.protection.outlook.com"
    ),
    apply=_apply,
)
