"""The address that is counted is the one in X-Real-IP, which anybody can send."""

from __future__ import annotations

from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import SlidingLimit, by_ip

LIMITER = LimiterShape(
    says="The address that is counted is the one in X-Real-IP, which anybody can send.",
    truth=Truth("refusal", sound=False, scope="address", falls_to="x-real-ip"),
    desk=lambda: Desk("form", SlidingLimit(5, 20, by_ip), forwarded="x-real-ip"),
)
