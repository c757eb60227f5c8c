"""Four at once, then one in three seconds; others get 503."""

from __future__ import annotations

from launchready_testbed.counting import Bucket
from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import Refusal, by_ip

_BUSY = Refusal(503, "Busy.")


LIMITER = LimiterShape(
    says="Four at once, then one in three seconds; others get 503.",
    truth=Truth("refusal", sound=True, scope=None),
    desk=lambda: Desk("token", Bucket(4, 3, _BUSY, by_ip)),
)
