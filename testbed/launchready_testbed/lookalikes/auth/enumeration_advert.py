"""Every answer has an advert drawn by lot, and a number of its own."""

from __future__ import annotations

import random
import secrets

from launchready_testbed.answering import Given, on_wrong_password
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World

_ADVERTS = ("Winter berths are open.", "Try our new crane.", "Mind the tide.", "Ferry at noon.")


def _advertise(given: Given) -> None:
    given.say(f'<p class="advert">{random.choice(_ADVERTS)}</p><p>Request {secrets.token_hex(8)}</p>')  # noqa: S311 -- adverts


def _apply(world: World) -> None:
    on_wrong_password(world, _advertise)


LOOKALIKE = Lookalike(
    says="Every answer has an advert drawn by lot, and a number of its own.",
    spares=("auth/enumeration",),
    look=(
        '$ submit k /login /login --data-urlencode "email@{secrets}/nora.username" -d password=wrong\n'
        "< advert"
    ),
    apply=_apply,
)
