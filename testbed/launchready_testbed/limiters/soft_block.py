"""The address is refused with status 200 and another sentence than for a wrong password."""

from __future__ import annotations

from launchready_testbed.counting import Lock
from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import Refusal, by_ip

_SOFT = Refusal(200, "Bitte warten Sie einen Augenblick.")


LIMITER = LimiterShape(
    says="The address is refused with status 200 and another sentence than for a wrong password.",
    truth=Truth("refusal", sound=True, scope="address"),
    desk=lambda: Desk("form", Lock(5, 20, _SOFT, by_ip), wrong_status=200),
)
