"""Where does the portal keep its data, and what is in it at the start?

SQLite in the bed's temporary folder; the seed is the same at every start, and comes back whenever the world changes.
"""

from __future__ import annotations

import datetime
import sqlite3
from pathlib import Path

from launchready_testbed.people import PEOPLE, Secrets
from launchready_testbed.portal.passwords import hash_password, hash_token, password_of

SCHEMA = """
CREATE TABLE tenants (id INTEGER PRIMARY KEY, name TEXT NOT NULL, city TEXT NOT NULL);
CREATE TABLE users (id INTEGER PRIMARY KEY, tenant INTEGER REFERENCES tenants, email TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL, role TEXT NOT NULL CHECK (role IN ('admin', 'staff', 'client')), password TEXT NOT NULL,
  phone TEXT NOT NULL DEFAULT '', born TEXT NOT NULL DEFAULT '', totp TEXT, totp_step INTEGER NOT NULL DEFAULT 0);
CREATE TABLE sessions (id TEXT PRIMARY KEY, user INTEGER REFERENCES users, csrf TEXT NOT NULL,
  halfway INTEGER NOT NULL, began REAL NOT NULL, seen REAL NOT NULL);
CREATE TABLE recovery_codes (code TEXT PRIMARY KEY, user INTEGER NOT NULL REFERENCES users);
CREATE TABLE wrong_codes (user INTEGER NOT NULL REFERENCES users, at REAL NOT NULL);
CREATE TABLE resets (token TEXT PRIMARY KEY, user INTEGER NOT NULL REFERENCES users, at REAL NOT NULL);
CREATE TABLE mails (user INTEGER NOT NULL REFERENCES users, at REAL NOT NULL);
CREATE TABLE invitations (token TEXT PRIMARY KEY, email TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
  tenant INTEGER REFERENCES tenants, at REAL NOT NULL);
CREATE TABLE applicants (token TEXT PRIMARY KEY, email TEXT NOT NULL, name TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE provider_visits (state TEXT PRIMARY KEY, session TEXT NOT NULL, nonce TEXT NOT NULL,
  verifier TEXT NOT NULL, wanted TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE provider_accounts (subject TEXT PRIMARY KEY, user INTEGER NOT NULL REFERENCES users);
CREATE TABLE tickets (id INTEGER PRIMARY KEY, tenant INTEGER NOT NULL REFERENCES tenants, title TEXT NOT NULL,
  body TEXT NOT NULL, status TEXT NOT NULL CHECK (status IN ('open', 'waiting', 'closed')), opened TEXT NOT NULL,
  fee INTEGER NOT NULL DEFAULT 4900);
CREATE TABLE comments (id INTEGER PRIMARY KEY, ticket INTEGER NOT NULL REFERENCES tickets, author TEXT NOT NULL,
  body TEXT NOT NULL, written TEXT NOT NULL);
CREATE TABLE invoices (id INTEGER PRIMARY KEY, tenant INTEGER NOT NULL REFERENCES tenants, number TEXT NOT NULL,
  cents INTEGER NOT NULL, due TEXT NOT NULL, paid INTEGER NOT NULL);
CREATE TABLE documents (id INTEGER PRIMARY KEY, tenant INTEGER NOT NULL REFERENCES tenants, name TEXT NOT NULL,
  content BLOB NOT NULL, uploaded TEXT NOT NULL);
CREATE TABLE approvals (id INTEGER PRIMARY KEY, tenant INTEGER NOT NULL REFERENCES tenants, subject TEXT NOT NULL,
  decision TEXT NOT NULL DEFAULT 'pending' CHECK (decision IN ('pending', 'approved', 'declined')));
CREATE TABLE notes (id INTEGER PRIMARY KEY, tenant INTEGER NOT NULL REFERENCES tenants, author TEXT NOT NULL,
  body TEXT NOT NULL, written TEXT NOT NULL);
CREATE TABLE announcements (id INTEGER PRIMARY KEY, title TEXT NOT NULL, body TEXT NOT NULL, written TEXT NOT NULL);
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE messages (id INTEGER PRIMARY KEY, email TEXT NOT NULL, body TEXT NOT NULL, written TEXT NOT NULL);
CREATE TABLE audit (id INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
  object TEXT NOT NULL);
"""

TENANTS = (
    (1, "Northwind Rowing", "Bergen"),
    (2, "Southgate Sails", "Lisbon"),
    (3, "Westpoint Ropes", "Galway"),
)
USERS = (
    (1, None, "ada@lab.test", "Ada Admin", "admin", "+49 30 5550 101", "1979-04-02"),
    (2, None, "sam@lab.test", "Sam Staff", "staff", "+49 30 5550 102", "1988-11-23"),
    (3, 1, "nora@northwind.test", "Nora North", "client", "+47 55 5550 103", "1991-07-16"),
    (4, 2, "sol@southgate.test", "Sol South", "client", "+351 21 5550 104", "1984-01-30"),
    (5, 3, "wes@westpoint.test", "Wes West", "client", "+353 91 5550 105", "1975-09-08"),
)
SUBJECTS = (
    "Cannot open the March statement",
    "New starter needs access",
    "Invoice address has changed",
    "Question about the spring delivery",
    "Upload stops at 90 percent",
    "Please close our second account",
    "Wrong contact on the approval",
)
TICKETS_PER_TENANT = 23
FIRST_DAY = datetime.date(2026, 1, 5)


def open_database(folder: Path, secrets: Secrets) -> sqlite3.Connection:
    """A fresh, seeded database in `folder`. One connection serves the one thread of the event loop."""
    database = sqlite3.connect(folder / "portal.sqlite3", isolation_level=None)
    database.row_factory = sqlite3.Row
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = OFF")  # the data of a test bed need not outlive a power cut
    database.execute("PRAGMA foreign_keys = ON")
    database.executescript(SCHEMA)
    _seed(database)
    _enrol(database, secrets)
    return database


def snapshot(database: sqlite3.Connection) -> sqlite3.Connection:
    """A copy in memory of all that is in `database` now."""
    copy = sqlite3.connect(":memory:")
    database.backup(copy)
    return copy


def restore(database: sqlite3.Connection, copy: sqlite3.Connection) -> None:
    """Makes everything in `database` as it was when `copy` was taken."""
    copy.backup(database)


def _enrol(database: sqlite3.Connection, secrets: Secrets) -> None:
    """Gives those who have a second factor the secret and the recovery codes that their files hold."""
    for person in PEOPLE:
        if person.mfa:
            user = database.execute("SELECT id FROM users WHERE email = ?", (person.email,)).fetchone()["id"]
            totp = secrets.read(person.name, "totp")
            database.execute("UPDATE users SET totp = ? WHERE id = ?", (totp, user))
            codes = secrets.read(person.name, "recovery").split()
            database.executemany(
                "INSERT INTO recovery_codes VALUES (?, ?)", [(hash_token(code), user) for code in codes]
            )


def _seed(database: sqlite3.Connection) -> None:
    database.execute("BEGIN")
    database.executemany("INSERT INTO tenants VALUES (?, ?, ?)", TENANTS)
    for number, tenant, email, name, role, phone, born in USERS:
        hashed = hash_password(password_of(email), salt=email.encode())
        database.execute(
            "INSERT INTO users (id, tenant, email, name, role, password, phone, born) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (number, tenant, email, name, role, hashed, phone, born),
        )
    database.execute(
        "INSERT INTO announcements (title, body, written) VALUES (?, ?, ?)",
        ("New opening hours", "From May on we answer until seven in the evening.", FIRST_DAY.isoformat()),
    )
    database.execute("INSERT INTO settings VALUES ('banner', 'Berths for the summer can be booked now.')")
    for tenant, name, _city in TENANTS:
        _seed_tenant(database, tenant, name)
    database.execute("COMMIT")


def _seed_tenant(database: sqlite3.Connection, tenant: int, name: str) -> None:
    for number in range(TICKETS_PER_TENANT):
        subject = SUBJECTS[(number + tenant) % len(SUBJECTS)]
        status = ("open", "waiting", "closed")[number % 3]
        opened = (FIRST_DAY + datetime.timedelta(days=3 * number)).isoformat()
        ticket = database.execute(
            "INSERT INTO tickets (tenant, title, body, status, opened) VALUES (?, ?, ?, ?, ?)",
            (
                tenant,
                subject,
                f"{name}: {subject.lower()}. Could you have a look? Our case {tenant}-{310 + 7 * number}.",
                status,
                opened,
            ),
        ).lastrowid
        database.execute(
            "INSERT INTO comments (ticket, author, body, written) VALUES (?, ?, ?, ?)",
            (
                ticket,
                "Sam Staff",
                f"Thank you, we are on it. Ask {name} for case {tenant}-{310 + 7 * number}.",
                opened,
            ),
        )
    for number in range(1, 6):
        database.execute(
            "INSERT INTO invoices (tenant, number, cents, due, paid) VALUES (?, ?, ?, ?, ?)",
            (
                tenant,
                f"H-2026-{tenant}{number:03}",
                19900 + 1700 * number + 331 * tenant,
                f"2026-{number:02}-28",
                number < 4,
            ),
        )
    for title in ("Service agreement.txt", "Welcome pack.txt", "Opening hours.txt"):
        content = f"{title.removesuffix('.txt')}\n\nPrepared for {name}.\n".encode()
        database.execute(
            "INSERT INTO documents (tenant, name, content, uploaded) VALUES (?, ?, ?, ?)",
            (tenant, title, content, FIRST_DAY.isoformat()),
        )
    for subject in ("Launch of the new price list", "Change of the billing contact"):
        database.execute(
            "INSERT INTO approvals (tenant, subject) VALUES (?, ?)", (tenant, f"{subject} for {name}")
        )
    database.execute(
        "INSERT INTO notes (tenant, author, body, written) VALUES (?, ?, ?, ?)",
        (
            tenant,
            "Sam Staff",
            f"{name} pays late; call before the berth is given away.",
            FIRST_DAY.isoformat(),
        ),
    )
