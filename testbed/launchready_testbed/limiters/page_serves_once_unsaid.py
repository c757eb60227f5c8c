"""Nine failures lock the name, and a page with the form that is sent again counts for nothing, which is not said."""

from __future__ import annotations

from launchready_testbed.counting import Lock
from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import Refusal, by_account

_LOCKED = Refusal(423, "This account is locked for a while.")


LIMITER = LimiterShape(
    says="Nine failures lock the name, and a page with the form that is sent again counts for nothing, which is not said.",
    truth=Truth("unclear", sound=True, scope=None),
    desk=lambda: Desk("token", Lock(9, 20, _LOCKED, by_account), stale="Address or password is wrong."),
)
