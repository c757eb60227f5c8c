"""The address that is counted is the one in CF-Connecting-IP, and no such service stands in front."""

from __future__ import annotations

from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import SlidingLimit, by_ip

LIMITER = LimiterShape(
    says="The address that is counted is the one in CF-Connecting-IP, and no such service stands in front.",
    truth=Truth("refusal", sound=False, scope="address", falls_to="cf-connecting-ip"),
    desk=lambda: Desk("json", SlidingLimit(5, 20, by_ip), forwarded="cf-connecting-ip"),
)
