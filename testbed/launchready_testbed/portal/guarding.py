"""What stands between a stranger and a guess? The limiters of the policy, and answers that tell nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from starlette.requests import Request

from launchready_testbed.portal.limits import Attempt, Limiter, Refusal
from launchready_testbed.portal.policy import Tell
from launchready_testbed.portal.sessions import policy_of

ERRAND = 0.3  # seconds that work for a known account takes where an answer waits for it
UNKNOWN = "There is no account with this address."


def address_of_client(request: Request) -> str:
    """The address that attempts are counted by: that of the connection, as headers can be made up by anybody."""
    forwarded = request.headers.get("x-forwarded-for", "")
    if policy_of(request).trusts_forwarded_for and forwarded:
        return forwarded.partition(",")[0].strip()
    return request.client.host if request.client else ""


async def admit(limiters: Sequence[Limiter], attempt: Attempt) -> Refusal | None:
    """Asks each limiter; those that had let the attempt through before another refused it take it back."""
    for position, limiter in enumerate(limiters):
        refusal = await limiter.before(attempt)
        if refusal:
            for earlier in limiters[:position]:
                earlier.after(attempt, right=True)
            return refusal
    return None


async def tell_apart(tell: Tell, *, known: bool, same: str, status: int) -> tuple[str, int]:
    """Words and status of an answer to somebody who named an account: the same for all, unless the policy tells."""
    if tell == "text" and not known:
        return UNKNOWN, status
    if tell == "status" and not known:
        return same, 404
    if tell == "size" and known:
        return same + " If you have forgotten it, ask for a new one.", status
    if tell == "time" and known:
        await asyncio.sleep(ERRAND)
    return same, status
