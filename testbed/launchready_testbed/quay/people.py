"""Who may sign in to quay?"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from launchready_testbed.people import Secrets
from launchready_testbed.portal.passwords import hash_password
from launchready_testbed.portal.totp import new_secret

Role = Literal["admin", "staff", "client"]
_SPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "quay.lab.test")
TENANTS = (("Ardent Coffee", "Lisbon"), ("Birch & Bell", "Turku"))


def number_of(*parts: object) -> str:
    """The identifier of something seeded: the same in each run, and yet not one that can be counted up."""
    return str(uuid.uuid5(_SPACE, "/".join(map(str, parts))))


def password_of(email: str) -> str:
    """The password of a seeded person. Built here, so that no literal looks like a leaked one."""
    return "+".join((email.partition("@")[0], "quayside", str(len(email) * 53)))


@dataclass(frozen=True)
class Person:
    """Somebody who may sign in."""

    id: str
    tenant: str | None
    """Whose client the person is; None for the house's own, who serve all."""
    email: str
    name: str
    role: Role
    owes_code: bool = False
    """Whether a second factor is enrolled."""
    phone: str = ""
    """The one thing that people change themselves."""

    @property
    def call_name(self) -> str:
        """What the portal file and the files of secrets call the person."""
        return self.name.partition(" ")[0].lower()


def _person(email: str, name: str, role: Role, tenant: str = "") -> Person:
    belongs = number_of("tenant", tenant) if tenant else None
    return Person(number_of("person", email), belongs, email, name, role, owes_code=role == "admin")


PEOPLE = (
    _person("quentin@quay.lab.test", "Quentin Quill", "admin"),
    _person("rosa@quay.lab.test", "Rosa Reyes", "staff"),
    _person("tess@ardent.lab.test", "Tess Tavares", "client", TENANTS[0][0]),
    _person("ugo@birchbell.lab.test", "Ugo Uusitalo", "client", TENANTS[1][0]),
)
COLLEAGUE = _person("wanda@ardent.lab.test", "Wanda Wu", "client", TENANTS[0][0])
"""Somebody who works with Tess; exists in the world of one look-alike only."""
HOUSE = Person("", None, "", "The house", "admin")
"""Whom a request without a token acts as, where a fault lets it in."""
NOBODY = "nobody"
"""Whose password is checked for unknown addresses, so that they take as long as known ones."""


@cache
def stored_passwords() -> dict[str, str]:
    """Salt and hash by address; made for all at once, so that the first question takes as long for everybody."""
    known = {
        person.email: hash_password(password_of(person.email), person.email.encode())
        for person in (*PEOPLE, COLLEAGUE)
    }
    return {**known, NOBODY: hash_password("nobody has this", NOBODY.encode())}


def identities(secrets: Secrets) -> list[dict[str, Any]]:
    """The fields of everybody's [[identity]] in a portal file; keeps their secrets."""
    return [identity(person, secrets) for person in PEOPLE]


def identity(person: Person, secrets: Secrets) -> dict[str, Any]:
    """The fields of one [[identity]]; keeps the person's secrets, of which the authenticator's stays as it was."""
    names = {number_of("tenant", name): name for name, _city in TENANTS}
    name = person.call_name
    secrets.add(name, "username", person.email)
    secrets.add(name, "password", password_of(person.email))
    if person.owes_code and not (secrets.folder / f"{name}.totp").exists():
        secrets.add(name, "totp", new_secret())
    entry: dict[str, Any] = {
        "name": name,
        "role": person.role,
        "tenant": names.get(person.tenant or "", ""),
        "admin": person.role == "admin",
        "mfa": person.owes_code,
        "test": True,
        "username": person.email,
        "password": secrets.reference(name, "password"),
    }
    if person.owes_code:
        entry["totp"] = secrets.reference(name, "totp")
    return entry
