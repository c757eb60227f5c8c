"""Of what does the portal tell people by mail? Of approvals and comments, those on the other side."""

from __future__ import annotations

import sqlite3

from starlette.requests import Request

from launchready_testbed.portal import letters
from launchready_testbed.portal.sessions import User


def of_approval(request: Request, tenant: int, number: int, about: str) -> None:
    """The client's people hear that there is something to decide, and our staff that they were asked."""
    words, path = "There is something new for you to decide. Please look at it here:", f"/approvals/{number}"
    letters.tell(request, tenant, f"Please decide: {about}", words, path, kind="approval")
    asked = "A client was asked to decide something. You see it here:"
    letters.tell(request, None, f"Sent for a decision: {about}", asked, path, kind="approval")


def of_decision(request: Request, user: User, approval: sqlite3.Row) -> None:
    """Our staff hear that somebody has decided."""
    words, path = f"{user.name} has decided. You see it here:", f"/approvals/{approval['id']}"
    letters.tell(request, None, "An approval was decided", words, path, kind="approval")


def of_comment(request: Request, user: User, ticket: sqlite3.Row) -> None:
    """The other side hears that there is an answer."""
    words, path = f"{user.name} has written to you. You can read it here:", f"/tickets/{ticket['id']}"
    if user.is_staff:
        tenant, subject = ticket["tenant"], "There is an answer to your ticket"
        letters.tell(request, tenant, subject, words, path, kind="notification")
    else:
        letters.tell(request, None, "A client has written", words, path, kind="notification")


def of_news(request: Request, title: str) -> None:
    """Everybody hears that something was announced."""
    words = "There is something new that we want you to know. Please read it here:"
    letters.tell_all(request, f"News: {title}", words, "/dashboard", kind="notification")
