"""Six failures lock the name, and each page with the form can be sent once."""

from __future__ import annotations

from launchready_testbed.counting import Lock
from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import Refusal, by_account

_LOCKED = Refusal(423, "This account is locked for a while.")


LIMITER = LimiterShape(
    says="Six failures lock the name, and each page with the form can be sent once.",
    truth=Truth("refusal", sound=True, scope="account", sprayed=False),
    desk=lambda: Desk("token", Lock(6, 20, _LOCKED, by_account), stale="This page is too old."),
)
