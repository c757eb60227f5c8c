"""After four failures of an address the interface wants a captcha solved, and refuses without."""

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
    says="After four failures of an address the interface wants a captcha solved, and refuses without.",
    truth=Truth("captcha", sound=True, scope="address"),
    desk=lambda: Desk("json", Lock(4, 20, _ASKS, by_ip)),
)
