"""Three failures of one session, and it has to solve a riddle; others have not."""

from __future__ import annotations

from launchready_testbed.counting import Lock
from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import Attempt, Refusal

_RIDDLE = Refusal(401, "Please solve the riddle too.")


def _by_cookie(attempt: Attempt) -> str:
    return str(attempt.request.cookies.get("__Host-desk", ""))


LIMITER = LimiterShape(
    says="Three failures of one session, and it has to solve a riddle; others have not.",
    truth=Truth("none", sound=False),
    desk=lambda: Desk("token", Lock(3, 60, _RIDDLE, _by_cookie)),
)
