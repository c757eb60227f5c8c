"""Each failure makes the next answer almost a second late, but any number may wait at once."""

from __future__ import annotations

from launchready_testbed.counting import Delay
from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import by_account

LIMITER = LimiterShape(
    says="Each failure makes the next answer almost a second late, but any number may wait at once.",
    truth=Truth("none", sound=False),
    desk=lambda: Desk("form", Delay(0.9, 1, 0.9, by_account, one_by_one=False)),
)
