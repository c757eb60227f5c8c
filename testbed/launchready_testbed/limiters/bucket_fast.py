"""Five at once, then six a second; others get 429, and an attacker can live with that."""

from __future__ import annotations

from launchready_testbed.counting import Bucket
from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import Refusal, by_ip

_BUSY = Refusal(429, "Busy.")


LIMITER = LimiterShape(
    says="Five at once, then six a second; others get 429, and an attacker can live with that.",
    truth=Truth("leaks", sound=False),
    desk=lambda: Desk("json", Bucket(5, 1 / 6, _BUSY, by_ip)),
)
