"""Failures are counted for the browser's cookie, and whoever drops it starts anew."""

from __future__ import annotations

from launchready_testbed.counting import Lock
from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import Attempt, Refusal

_BUSY = Refusal(429, "Busy.")


def _by_cookie(attempt: Attempt) -> str:
    return str(attempt.request.cookies.get("__Host-desk", ""))


LIMITER = LimiterShape(
    says="Failures are counted for the browser's cookie, and whoever drops it starts anew.",
    truth=Truth("none", sound=False),
    desk=lambda: Desk("token", Lock(4, 60, _BUSY, _by_cookie)),
)
