"""After five failures the name is led to another page instead of back to the form."""

from __future__ import annotations

from starlette.responses import RedirectResponse

from launchready_testbed.counting import Lock
from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import Refusal, by_account

_AWAY = Refusal(303, response=RedirectResponse("/blocked", 303, headers={"cache-control": "no-store"}))


LIMITER = LimiterShape(
    says="After five failures the name is led to another page instead of back to the form.",
    truth=Truth("refusal", sound=True, scope="account", sprayed=False),
    desk=lambda: Desk("redirect", Lock(5, 20, _AWAY, by_account)),
)
