"""Eight failures in twenty seconds, by whomever, and everybody is refused."""

from __future__ import annotations

from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import SlidingLimit, by_nothing

LIMITER = LimiterShape(
    says="Eight failures in twenty seconds, by whomever, and everybody is refused.",
    truth=Truth("refusal", sound=True, scope="address"),
    desk=lambda: Desk("redirect", SlidingLimit(8, 20, by_nothing)),
)
