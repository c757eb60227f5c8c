"""After four failures the interface asks for a captcha, but looks at the password first and never at the captcha."""

from __future__ import annotations

from starlette.responses import JSONResponse

from launchready_testbed.counting import Lock
from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import Refusal, by_ip

_ASKS = Refusal(
    response=JSONResponse(
        {"error": "Solve this first.", "captcha": {"site": "lab"}}, 400, {"cache-control": "no-store"}
    )
)


LIMITER = LimiterShape(
    says="After four failures the interface asks for a captcha, but looks at the password first and never at the captcha.",
    truth=Truth("right-passes", sound=False),
    desk=lambda: Desk("json", Lock(4, 60, _ASKS, by_ip), checks_first=True),
)
