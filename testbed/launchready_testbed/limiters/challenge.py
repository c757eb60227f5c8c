"""After four failures of a name the form asks for a word more, and the password alone is not enough."""

from __future__ import annotations

from starlette.responses import HTMLResponse

from launchready_testbed.counting import Lock
from launchready_testbed.desk import Desk
from launchready_testbed.limiter_shape import LimiterShape, Truth
from launchready_testbed.portal.limits import Refusal, by_account

_ASKS = Refusal(
    response=HTMLResponse(
        '<!doctype html><html lang="en"><title>Log in</title><h1>Log in</h1><form method="post" action="/login">'
        '<label>E-mail <input type="email" name="email"></label>'
        '<label>Password <input type="password" name="password"></label>'
        '<label>The word in our letter of May <input name="word"></label><button>Log in</button></form></html>',
        headers={"cache-control": "no-store"},
    )
)


LIMITER = LimiterShape(
    says="After four failures of a name the form asks for a word more, and the password alone is not enough.",
    truth=Truth("challenge", sound=True, scope="account", sprayed=False),
    desk=lambda: Desk("form", Lock(4, 20, _ASKS, by_account), wrong_status=200),
)
