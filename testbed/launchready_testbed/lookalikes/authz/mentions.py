"""A comment, a link and a feed mention the numbers of somebody else's records, and nothing in them."""

from __future__ import annotations

import sqlite3

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _seed(database: sqlite3.Connection) -> None:
    database.execute("UPDATE tickets SET body = body || ' See ticket 24.' WHERE id = 23")
    database.execute("UPDATE tickets SET body = body || ' Compare with ticket 24.' WHERE id = 22")
    database.execute("UPDATE tickets SET body = body || ' Like ticket 24, see ticket 24.' WHERE id = 21")
    database.execute(
        "INSERT INTO comments (ticket, author, body, written) VALUES (23, 'Sam Staff', ?, '2026-03-12')",
        ("Ticket 24 is like this one, and so is invoice H-2026-2001.",),
    )


def _apply(world: World) -> None:
    world.access.offers = ("feed", "ticket-data")
    world.seeds.append(_seed)
    world.insert(
        '<a href="/tickets/24">Ticket 24</a> and <a href="/invoices/6">invoice 6</a> are alike.',
        on=("/tickets",),
    )


LOOKALIKE = Lookalike(
    says="A comment, a link and a feed mention the numbers of somebody else's records, and nothing in them.",
    spares=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /tickets\n"
        "< /tickets/24\n"
        "$ get nora /tickets/23\n"
        "< Ticket 24 is like this one, and so is invoice H-2026-2001.\n"
        "$ get nora /feeds/3.xml\n"
        "< ticket 24\n"
        "$ get nora /tickets/24\n"
        "< HTTP/1.1 404"
    ),
    apply=_apply,
)
