"""Seven failures lock the name, and the right password is then answered like a wrong one."""

from __future__ import annotations

from launchready_testbed.counting import Lock
from launchready_testbed.desk import AS_WRONG, Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import by_account

LIMITER = LimiterShape(
    says="Seven failures lock the name, and the right password is then answered like a wrong one.",
    truth=Truth("silent", sound=True, scope="account", sprayed=False),
    desk=lambda: Desk("token", Lock(7, 20, AS_WRONG, by_account)),
)
