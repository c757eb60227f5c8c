"""Signing in by HTTP Basic: user name and password go with each request."""

import base64

from launchready.collect.people.attempts import Attempted, Memory
from launchready.collect.people.pages import Page
from launchready.wire import Touch
from launchready.wire.visitor import Visitor


class BasicWay:
    """An address that asks for HTTP Basic.

    Attributes:
        kind: "basic".
        url: the address, raw.
    """

    kind = "basic"
    driven = False

    def __init__(self, url: str) -> None:
        self.url = url
        self.memory = Memory()

    async def attempt(
        self,
        visitor: Visitor,
        username: str,
        password: str,
        *,
        headers: tuple[tuple[str, str], ...] = (),
        touch: Touch = Touch.SIGN_IN,
        page: str = "",
    ) -> Attempted:
        """As `LoginWay.attempt`; one request."""
        value = "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode("ascii")
        url = page or self.url
        answer = await visitor.fetch("GET", url, headers=(("Authorization", value), *headers), touch=touch)
        if answer.exchange.status >= 400:
            reason = "limited" if answer.exchange.status == 429 else "wrong-credentials"
            return Attempted((answer,), accepted=False, reason=reason, page=Page(url, answer))
        visitor.headers = (("Authorization", value),)
        return Attempted((answer,), accepted=True, page=Page(url, answer))
