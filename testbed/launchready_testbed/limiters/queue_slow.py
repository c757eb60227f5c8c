"""Passwords are looked at one after the other, a second and a half apart."""

from __future__ import annotations

from launchready_testbed.counting import Queue
from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import by_ip

LIMITER = LimiterShape(
    says="Passwords are looked at one after the other, a second and a half apart.",
    truth=Truth("slowed", sound=True),
    desk=lambda: Desk("json", Queue(1.5, by_ip)),
)
