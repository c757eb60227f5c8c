"""Five failures lock an account; names that nobody has are never locked, which tells them apart."""

from __future__ import annotations

from launchready_testbed.counting import Lock
from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import Refusal, by_account

_LOCKED = Refusal(403, "Locked.")


def _exists(account: str) -> bool:
    return account in map(Desk.address_of, Desk.people)


LIMITER = LimiterShape(
    says="Five failures lock an account; names that nobody has are never locked, which tells them apart.",
    truth=Truth("refusal", sound=True, scope="account", tells=True, sprayed=False),
    desk=lambda: Desk("json", Lock(5, 20, _LOCKED, by_account, known=_exists)),
)
