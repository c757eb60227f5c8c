"""Five failures, and the address gets 403 for twenty seconds."""

from __future__ import annotations

from launchready_testbed.counting import Lock
from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import Refusal, by_ip

_NO = Refusal(403, "Not now.")


LIMITER = LimiterShape(
    says="Five failures, and the address gets 403 for twenty seconds.",
    truth=Truth("refusal", sound=True, scope="address"),
    desk=lambda: Desk("token", Lock(5, 20, _NO, by_ip)),
)
