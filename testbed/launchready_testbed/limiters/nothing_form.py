"""A form with no limit at all."""

from __future__ import annotations

from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth

LIMITER = LimiterShape(
    says="A form with no limit at all.",
    truth=Truth("none", sound=False),
    desk=lambda: Desk("form"),
)
