"""No more than three at the same time, and otherwise as many as you like."""

from __future__ import annotations

from launchready_testbed.counting import AtOnce
from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import Refusal

_BUSY = Refusal(429, "Busy.")


LIMITER = LimiterShape(
    says="No more than three at the same time, and otherwise as many as you like.",
    truth=Truth("leaks", sound=False),
    desk=lambda: Desk("form", AtOnce(3, 0.05, _BUSY)),
)
