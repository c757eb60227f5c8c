"""Each failure of a name doubles the wait for the next answer, and its requests are answered one by one."""

from __future__ import annotations

from launchready_testbed.counting import Delay
from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import by_account

LIMITER = LimiterShape(
    says="Each failure of a name doubles the wait for the next answer, and its requests are answered one by one.",
    truth=Truth("slowed", sound=True),
    desk=lambda: Desk("token", Delay(0.2, 2, 3, by_account, one_by_one=True)),
)
