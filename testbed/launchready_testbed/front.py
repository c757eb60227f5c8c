"""Who stands in front of every host, as nginx or a load balancer would?

It picks the host, lets the world's rules answer first, and gives every answer its security headers.
"""

from __future__ import annotations

import base64
import os
import time
from email.utils import formatdate
from functools import lru_cache

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from launchready_testbed.logbook import Hit
from launchready_testbed.world import PORTAL, Seen, World

_MISDIRECTED = PlainTextResponse("No such host here\n", 421)


class Front:
    """The application that both listeners serve. `install` makes another world the present one."""

    def __init__(self, world: World) -> None:
        self.install(world)

    def install(self, world: World) -> None:
        """Every request from now on sees `world`."""
        self.world = world
        self._headers = tuple(
            (name.encode(), value.encode("latin-1")) for name, value in world.headers.items()
        )
        self._csp = "; ".join(f"{name} {sources}".strip() for name, sources in world.csp.items())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        world = self.world
        secure = scope["scheme"] == "https"
        scope["world"] = world
        scope["lab"] = world.lab
        scope["host"] = host = _host(scope)
        scope["nonce"] = nonce = base64.b64encode(os.urandom(16)).decode()
        policy = self._csp.replace("{nonce}", nonce).encode("latin-1")
        headers = self._headers

        sent = {"status": 0, "size": 0}

        async def dressed(message: Message) -> None:
            sent["size"] += len(message.get("body", b""))
            if message["type"] == "http.response.start":
                sent["status"] = message["status"]
                raw: list[tuple[bytes, bytes]] = list(message.get("headers", ()))
                own = {name for name, _ in raw}
                if secure:
                    raw.extend(header for header in headers if header[0] not in own)
                    if policy and b"content-security-policy" not in own:
                        raw.append((b"content-security-policy", policy))
                raw.append((b"date", _date(int(time.time()))))
                message["headers"] = raw
                if world.edits:
                    seen = Seen(scope["scheme"], host, scope["method"], scope["path"], message["status"])
                    for edit in world.edits:
                        edit(seen, MutableHeaders(raw=raw))
            await send(message)

        body, hears = await _read_first(receive) if world.logs.taps else (b"", receive)
        await self._chosen(world, scope)(scope, hears, dressed)
        world.logs.hit(_hit(scope, sent, body))

    @staticmethod
    def _chosen(world: World, scope: Scope) -> ASGIApp:
        """The application that answers this request."""
        if world.rules:
            request = Request(scope)
            for rule in world.rules:
                app = rule(request)
                if app is not None:
                    return app
        host = world.hosts.get(scope["host"])
        if host is None and world.any_host and scope["scheme"] == "https":
            host = world.hosts[PORTAL]
        if host is None:
            return _MISDIRECTED
        if scope["scheme"] != "https":
            return host.plain
        if scope["host"] == PORTAL and scope["path"] in world.pages:
            return world.pages[scope["path"]]
        return host.secure


async def _read_first(receive: Receive) -> tuple[bytes, Receive]:
    """The whole body, and a way to read it once more."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    unread = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return unread.pop() if unread else await receive()

    return body, again


def _hit(scope: Scope, sent: dict[str, int], body: bytes) -> Hit:
    """The request as logs tell it."""
    client = scope.get("client")
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    query = scope["query_string"].decode("latin-1")
    return Hit(
        client[0] if client else "-",
        scope["method"],
        scope["path"],
        query,
        sent["status"],
        sent["size"],
        headers,
        body,
    )


def _host(scope: Scope) -> str:
    """The name the client asked for, in lower case and without port."""
    for name, value in scope["headers"]:
        if name == b"host":
            text: str = value.decode("latin-1").lower()
            return text if text.endswith("]") else text.rpartition(":")[0] or text
    return ""


@lru_cache(maxsize=1)
def _date(second: int) -> bytes:
    """The date header's value, made once a second."""
    return formatdate(second, usegmt=True).encode()
