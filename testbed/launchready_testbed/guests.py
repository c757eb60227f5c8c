"""Whom do the small portals of the login shapes let in? One person each, with an [[identity]] of their own."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from typing import Any

from launchready_testbed.people import Person
from launchready_testbed.portal.totp import new_secret
from launchready_testbed.world import IMAP, World


@dataclass(frozen=True)
class Guest:
    """The one person whom the portal lets in."""

    name: str
    """What the portal file calls them."""
    full_name: str
    username: str
    password: str
    totp: str = ""
    """Secret of the one-time codes, in base 32; empty when none are asked for."""

    def is_right(self, username: str, password: str) -> bool:
        """Whether these are the person's."""
        return same(username.strip().lower(), self.username.lower()) and same(password, self.password)


def guest(
    world: World,
    name: str,
    full_name: str,
    username: str = "",
    *,
    totp: bool = False,
    declares: str | None = None,
    mailbox: bool = False,
    **fields: Any,
) -> Guest:
    """A person for whom the portal file has an [[identity]], in place of everybody who was there.

    `username` is a mail address by default. `declares` is what the portal file has where that is not the right one;
    empty: nothing. `mailbox` says that the portal writes to them, and that the portal file says where their mail is read.
    `fields` are further fields of the [[identity]].
    """
    username = username or f"{name}@crates.lab.test"
    made = Guest(
        name,
        full_name,
        username,
        "~".join((name, "crates", str(len(full_name) * 41))),
        new_secret() if totp else "",
    )
    keep = world.lab.secrets
    keep.add(name, "username", username)
    if declares != "":
        keep.add(name, "password", made.password if declares is None else declares)
    told: dict[str, Any] = {"name": name, "role": "member", "test": True, "username": username, **fields}
    if declares != "":
        told["password"] = keep.reference(name, "password")
    if totp:
        keep.add(name, "totp", made.totp)
        told.setdefault("mfa", True)
        told.setdefault("totp", keep.reference(name, "totp"))
    world.identities[:] = [{key: value for key, value in told.items() if value is not None}]
    world.mailboxes.clear()
    world.login_steps.clear()
    if mailbox:
        keep.add(name, "mailbox", secrets.token_urlsafe(12))
        world.lab.post.open(username, keep.read(name, "mailbox"))
        reader = Person(name, username, "member")
        world.mailboxes.append(keep.mailbox(reader, IMAP, world.lab.imap))
        world.identities[0]["mailbox"] = name
    return made


def write_to(world: World, to: str, subject: str, text: str) -> None:
    """Sends a letter of plain text from the small portal."""
    errand = world.lab.postman.errand("account", to)
    letter = world.mail.letter(errand, subject, (text,), sender='"Crate & Co" <desk@crates.lab.test>')
    world.lab.postman.send(world, letter, errand)


def same(given: str, expected: str) -> bool:
    """Whether both are equal, in a time that does not tell how much of them is."""
    return hmac.compare_digest(given.encode(), expected.encode())
