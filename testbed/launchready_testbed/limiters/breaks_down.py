"""After six failures every page answers with 500: that is no limiter, and the portal is left alone."""

from __future__ import annotations

from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from launchready_testbed.counting import Lock
from launchready_testbed.desk import AS_WRONG, Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import by_nothing

_DOWN = PlainTextResponse("Something went wrong.", 500)


class _Desk(Desk):
    """Breaks once six have failed."""

    def __init__(self) -> None:
        lock = Lock(1000, 1, AS_WRONG, by_nothing)
        super().__init__("json", lock)
        whole = self.app

        async def fragile(scope: Scope, receive: Receive, send: Send) -> None:
            await (_DOWN if lock.failures[""] >= 6 else whole)(scope, receive, send)

        self.app = fragile


LIMITER = LimiterShape(
    says="After six failures every page answers with 500: that is no limiter, and the portal is left alone.",
    truth=Truth("trouble", sound=False),
    desk=_Desk,
)
