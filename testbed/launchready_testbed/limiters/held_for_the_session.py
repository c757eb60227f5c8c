"""Each password takes a second, and those of one session wait for each other."""

from __future__ import annotations

from launchready_testbed.counting import OneByOne
from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import Attempt


def _by_cookie(attempt: Attempt) -> str:
    return str(attempt.request.cookies.get("__Host-desk", ""))


LIMITER = LimiterShape(
    says="Each password takes a second, and those of one session wait for each other.",
    truth=Truth("none", sound=False),
    desk=lambda: Desk("token", OneByOne(1.2, _by_cookie)),
)
