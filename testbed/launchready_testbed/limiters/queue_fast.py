"""Passwords are looked at one after the other, a tenth of a second apart: ten a second are no limit."""

from __future__ import annotations

from launchready_testbed.counting import Queue
from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import by_ip

LIMITER = LimiterShape(
    says="Passwords are looked at one after the other, a tenth of a second apart: ten a second are no limit.",
    truth=Truth("none", sound=False),
    desk=lambda: Desk("form", Queue(0.1, by_ip)),
)
