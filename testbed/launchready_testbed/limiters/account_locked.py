"""Six failures lock the name for twenty seconds, whether it exists or not, and the page says so."""

from __future__ import annotations

from launchready_testbed.counting import Lock
from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import Refusal, by_account

_LOCKED = Refusal(423, "This account is locked for a while.")


LIMITER = LimiterShape(
    says="Six failures lock the name for twenty seconds, whether it exists or not, and the page says so.",
    truth=Truth("refusal", sound=True, scope="account", sprayed=False),
    desk=lambda: Desk("form", Lock(6, 20, _LOCKED, by_account)),
)
