"""How are one's tickets followed in a feed reader? Signed in by number, or by an address with a key that only its owner is shown."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from xml.sax.saxutils import escape

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from launchready_testbed.portal.access import access_of, act, person
from launchready_testbed.portal.database import USERS
from launchready_testbed.portal.sessions import User, database_of, user_of
from launchready_testbed.world import World

_SECRET = secrets.token_bytes(32)
ENTRIES = 10


def key(user: int) -> str:
    """What opens the feed of the person with the number `user`: 160 bits that nobody guesses."""
    return hmac.new(_SECRET, b"feed %d" % user, hashlib.sha256).hexdigest()[:40]


def addresses(user: User) -> tuple[tuple[str, str, str], ...]:
    """The feeds of a client's person, as links that may be offered."""
    if user.is_staff:
        return ()
    return (
        ("feed", f"/feeds/{user.id}.xml", "Feed"),
        (
            "keyed-feed",
            f"/feeds/{user.id}/tickets.xml?key={key(user.id)}",
            "Feed for a reader that cannot sign in",
        ),
    )


async def feed(request: Request) -> Response:
    """The feed of the person who has signed in; nobody else's."""
    user, wanted = person(request), request.path_params["user"]
    if user.id != wanted and act(request) not in access_of(request).tenant_not_asked:
        raise HTTPException(404)
    return _atom(request, wanted)


async def keyed_feed(request: Request) -> Response:
    """The feed that the key opens."""
    wanted, given = request.path_params["user"], request.query_params.get("key", "")
    opens = range(1, len(USERS) + 1) if access_of(request).any_feed_key else (wanted,)
    if not any(hmac.compare_digest(key(each).encode(), given.encode()) for each in opens):
        raise HTTPException(404)
    return _atom(request, wanted)


def _atom(request: Request, wanted: int) -> Response:
    """The newest tickets of this person's client, as Atom (RFC 4287)."""
    world: World = request.scope["world"]
    database = database_of(request)
    row = database.execute("SELECT * FROM users WHERE id = ? AND tenant IS NOT NULL", (wanted,)).fetchone()
    if row is None:
        raise HTTPException(404)
    tickets = database.execute(
        "SELECT * FROM tickets WHERE tenant = ? ORDER BY id DESC LIMIT ?", (user_of(row).tenant, ENTRIES)
    )
    entries = "".join(
        f"<entry><id>{world.origin()}/tickets/{each['id']}</id><title>{escape(each['title'])}</title>"
        f'<updated>{each["opened"]}T00:00:00Z</updated><link href="{world.origin()}/tickets/{each["id"]}"/>'
        f"<summary>{escape(each['body'])}</summary></entry>\n"
        for each in tickets
    )
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<id>{world.origin()}/feeds/{wanted}.xml</id><title>Tickets of {escape(row['name'])}</title>"
        f"<updated>2026-03-12T00:00:00Z</updated>\n{entries}</feed>\n"
    )
    return Response(body, media_type="application/atom+xml", headers={"cache-control": "no-store"})


ROUTES = (Route("/feeds/{user:int}.xml", feed), Route("/feeds/{user:int}/tickets.xml", keyed_feed))
