"""What may a fault or a look-alike do to the answer to a log-in, once the portal has given it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from launchready_testbed.people import PEOPLE
from launchready_testbed.world import PORTAL, World


@dataclass
class Given:
    """The answer to one wrong password, to be changed in place."""

    account: str
    """What was typed, as it was typed."""
    known: bool
    """Whether somebody has that address."""
    status: int
    headers: list[tuple[str, str]]
    body: str

    def say(self, html: str) -> None:
        """Puts `html` above the form."""
        self.body = self.body.replace("<form", f"{html}<form", 1)


def on_wrong_password(world: World, change: Callable[[Given], None], *, path: str = "/login") -> None:
    """Lets `change` have every answer to a POST to `path` of harbour that does not lead on."""
    known = frozenset(person.email for person in PEOPLE)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        sent = await _whole(receive)
        typed = parse_qs(sent.decode("utf-8", "replace")).get("email", [""])[0]
        start, body = await _asked(world.lab.portal, scope, sent)
        headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in start["headers"]]
        if start["status"] in (302, 303):
            await _send(send, start["status"], headers, body)
            return
        given = Given(typed, typed.strip().lower() in known, start["status"], headers, body.decode())
        change(given)
        await _send(send, given.status, given.headers, given.body.encode())

    def rule(request: Request) -> ASGIApp | None:
        return answer if request.method == "POST" and request.url.path == path else None

    world.secure(rule, (PORTAL,))


async def _whole(receive: Receive) -> bytes:
    parts: list[bytes] = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


async def _asked(app: ASGIApp, scope: Scope, sent: bytes) -> tuple[Message, bytes]:
    """The portal's answer, kept back; its errands afterwards are done by then."""
    start: Message = {}
    parts: list[bytes] = []

    async def again() -> Message:
        return {"type": "http.request", "body": sent, "more_body": False}

    async def keep(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            parts.append(message.get("body", b""))

    await app(scope, again, keep)
    return start, b"".join(parts)


async def _send(send: Send, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
    kept = [(n.encode("latin-1"), v.encode("latin-1")) for n, v in headers if n != "content-length"]
    kept.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": kept})
    await send({"type": "http.response.body", "body": body})
