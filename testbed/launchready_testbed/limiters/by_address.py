"""Five failures in twenty seconds, and the address is refused with 429; its X-Forwarded-For counts for nothing."""

from __future__ import annotations

from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import SlidingLimit, by_ip

LIMITER = LimiterShape(
    says="Five failures in twenty seconds, and the address is refused with 429; its X-Forwarded-For counts for nothing.",
    truth=Truth("refusal", sound=True, scope="address"),
    desk=lambda: Desk("json", SlidingLimit(5, 20, by_ip)),
)
