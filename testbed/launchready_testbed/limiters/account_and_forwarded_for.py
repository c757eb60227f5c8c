"""Failures are counted for an account at an address, and the address is what X-Forwarded-For says."""

from __future__ import annotations

from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import SlidingLimit, by_account_and_ip

LIMITER = LimiterShape(
    says="Failures are counted for an account at an address, and the address is what X-Forwarded-For says.",
    truth=Truth("refusal", sound=False, scope="account", falls_to="x-forwarded-for"),
    desk=lambda: Desk("token", SlidingLimit(5, 20, by_account_and_ip), forwarded="x-forwarded-for"),
)
