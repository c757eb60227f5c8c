"""The records of two clients have the same titles, texts, amounts and dates."""

from __future__ import annotations

import sqlite3

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _seed(database: sqlite3.Connection) -> None:
    database.executescript("""
        UPDATE approvals SET subject = 'Summer berths for all';
        UPDATE tickets SET title = 'Summer berths', body = 'The same letter went to everybody: berths are new.';
        UPDATE comments SET body = 'Thank you, we have read it.';
        UPDATE documents SET name = 'Letter.txt', content = 'Berths are new this summer, and cost the same as last year.';
        UPDATE invoices SET cents = 25000, due = '2026-06-30', paid = 0;
    """)


def _apply(world: World) -> None:
    world.access.offers = ("ticket-data", "approval-data", "export", "search")
    world.seeds.append(_seed)


LOOKALIKE = Lookalike(
    says="The records of two clients have the same titles, texts, amounts and dates.",
    spares=("authz/object", "authz/function"),
    look=(
        "$ sign_in nora > /dev/null; sign_in sol > /dev/null\n"
        "$ get nora /approvals/1\n"
        "< Summer berths for all\n"
        "$ get sol /approvals/3\n"
        "< Summer berths for all\n"
        "$ get nora /approvals/3\n"
        "< HTTP/1.1 404\n"
        "$ get nora /tickets/1\n"
        "< The same letter went to everybody\n"
        "$ get sol /tickets/24\n"
        "< The same letter went to everybody"
    ),
    apply=_apply,
)
