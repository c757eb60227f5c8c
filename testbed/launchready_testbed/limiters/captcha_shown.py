"""The form shows a captcha, and the server never asks for its solution."""

from __future__ import annotations

from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth

_WIDGET = '<div class="h-captcha" data-sitekey="lab"></div>'


LIMITER = LimiterShape(
    says="The form shows a captcha, and the server never asks for its solution.",
    truth=Truth("none", sound=False),
    desk=lambda: Desk("token", head=_WIDGET),
)
