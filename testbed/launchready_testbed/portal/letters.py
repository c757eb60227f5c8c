"""What does the portal write to people?"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from starlette.requests import Request

from launchready_testbed.portal.sessions import database_of, policy_of
from launchready_testbed.world import World


def send(
    request: Request, to: str, subject: str, words: Sequence[str], link: str = "", *, kind: str = "account"
) -> None:
    """Sends a letter of the paragraphs `words`, with a link of its own line if there is one; see `Errand` for kinds."""
    if not policy_of(request).mail_sent:
        return
    world: World = request.scope["world"]
    errand = world.lab.postman.errand(kind, to)
    world.lab.postman.send(world, world.mail.letter(errand, subject, words, link), errand)


def tell(request: Request, tenant: int | None, subject: str, words: str, path: str, *, kind: str) -> None:
    """Tells the people of a client, or without one our staff, that there is something new at `path`."""
    for row in _people(request, "tenant IS ?", tenant):
        send(request, row["email"], subject, (words,), address_of(request, path), kind=kind)


def tell_all(request: Request, subject: str, words: str, path: str, *, kind: str) -> None:
    """Tells everybody that there is something new at `path`."""
    for row in _people(request, "?", 1):
        send(request, row["email"], subject, (words,), address_of(request, path), kind=kind)


def _people(request: Request, condition: str, value: int | None) -> list[sqlite3.Row]:
    statement = f"SELECT email FROM users WHERE {condition} ORDER BY id"
    return database_of(request).execute(statement, (value,)).fetchall()


def address_of(request: Request, path: str) -> str:
    """The address of a page of the portal for use in a letter.

    The portal knows its own name; to believe the name in a request would let strangers choose where links lead.
    """
    world: World = request.scope["world"]
    policy = world.auth
    origin = world.origin()
    if policy.reset_uses_host_header:
        origin = f"https://{request.headers.get('host', '')}"
    forwarded = request.headers.get("x-forwarded-host", "")
    if policy.reset_uses_forwarded_host and forwarded:
        origin = f"https://{forwarded}"
    return origin + path
