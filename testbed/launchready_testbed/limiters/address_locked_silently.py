"""After eight failures every password from this address is answered like a wrong one."""

from __future__ import annotations

from launchready_testbed.counting import Lock
from launchready_testbed.desk import AS_WRONG, Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import by_ip

LIMITER = LimiterShape(
    says="After eight failures every password from this address is answered like a wrong one.",
    truth=Truth("silent", sound=True, scope="address"),
    desk=lambda: Desk("json", Lock(8, 20, AS_WRONG, by_ip)),
)
