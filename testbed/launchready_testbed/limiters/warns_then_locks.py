"""Each failure says in words how many tries are left; after seven the account is locked, with the same status."""

from __future__ import annotations

from launchready_testbed.counting import Lock
from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import Refusal, by_account

_LOCKED = Refusal(401, "The account is locked.")
_LEFT = ("Six", "Five", "Four", "Three", "Two", "One", "No")


class _Desk(Desk):
    """Says what is left instead of that the password is wrong."""

    def __init__(self) -> None:
        self._lock = Lock(7, 20, _LOCKED, by_account)
        super().__init__("json", self._lock)

    def wrong(self, account: str) -> str:
        """What is left."""
        return f"{_LEFT[min(self._lock.failures[account], 7) - 1]} tries are left."


LIMITER = LimiterShape(
    says="Each failure says in words how many tries are left; after seven the account is locked, with the same status.",
    truth=Truth("refusal", sound=True, scope="account", sprayed=False),
    desk=_Desk,
)
