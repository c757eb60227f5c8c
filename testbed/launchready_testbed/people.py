"""Whom may an audit sign in as? The bed's own test people, and the files that hold their secrets."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from launchready_testbed.portal.passwords import password_of
from launchready_testbed.portal.totp import new_secret

RECOVERY_CODES = 8
EVE = "eve@elsewhere.test"
"""Somebody with an account at the identity provider only, which holds Nora's address, never verified."""


@dataclass(frozen=True)
class Person:
    """A user of the portal who exists for tests only."""

    name: str
    email: str
    role: str
    tenant: str = ""
    """The client that the person belongs to; empty for our own staff."""
    admin: bool = False
    mfa: bool = False
    """Whether a second factor is enrolled."""
    provider: str = "imap"
    """Whose mailbox it is."""


PEOPLE = (
    Person("ada", "ada@lab.test", "admin", admin=True, mfa=True),
    Person("sam", "sam@lab.test", "staff"),
    Person("nora", "nora@northwind.test", "client", "northwind", provider="gmail"),
    Person("sol", "sol@southgate.test", "client", "southgate", provider="outlook"),
)


class Secrets:
    """The secrets of everybody, made for one run and written into files that only their owner can read.

    `folder` gets NAME.username, NAME.password, NAME.mailbox (the mailbox's password), NAME.token (opens the
    mailbox too, by XOAUTH2), NAME.provider (the password at the identity provider) and, with a second factor, NAME.totp
    (base32) and NAME.recovery (one code a line). No file ends in a line break, as curl would send it along.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700)
        self.folder = folder
        for person in PEOPLE:
            self.add(person.name, "username", person.email)
            self.add(person.name, "password", password_of(person.email))
            self.add(person.name, "mailbox", secrets.token_urlsafe(12))
            self.add(person.name, "token", secrets.token_urlsafe(24))
            self.add(person.name, "provider", secrets.token_urlsafe(12))
            if person.mfa:
                self.add(person.name, "totp", new_secret())
                codes = (secrets.token_hex(5) for _ in range(RECOVERY_CODES))
                self.add(person.name, "recovery", "\n".join(codes))
        self.add("eve", "username", EVE)
        self.add("eve", "provider", secrets.token_urlsafe(12))

    def add(self, name: str, kind: str, secret: str) -> Path:
        """Keeps `secret` in the file NAME.KIND, in place of what was there."""
        path = self.folder / f"{name}.{kind}"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(secret)
        return path

    def read(self, name: str, kind: str) -> str:
        """The secret in NAME.KIND."""
        return (self.folder / f"{name}.{kind}").read_text(encoding="utf-8")

    def reference(self, name: str, kind: str) -> str:
        """Where the secret is, as a portal file says it."""
        return f"file:{self.folder / f'{name}.{kind}'}"

    def identity(self, person: Person) -> dict[str, Any]:
        """The fields of the person's [[identity]] in a portal file."""
        told: dict[str, Any] = {
            "name": person.name,
            "role": person.role,
            "tenant": person.tenant,
            "admin": person.admin,
            "mfa": person.mfa,
            "test": True,
            "username": person.email,
            "password": self.reference(person.name, "password"),
            "mailbox": person.name,
        }
        if person.mfa:
            told["totp"] = self.reference(person.name, "totp")
        return told

    def mailbox(self, person: Person, host: str, port: int) -> dict[str, Any]:
        """The fields of the [[mailbox]] that gets the person's mail."""
        return {
            "name": person.name,
            "provider": person.provider,
            "address": person.email,
            "imap_host": host,
            "imap_port": port,
            "username": person.email,
            "password": self.reference(person.name, "mailbox"),
            "plus": True,
        }
