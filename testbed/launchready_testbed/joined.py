"""What does a look-alike need in which one person more can sign in?"""

from __future__ import annotations

import sqlite3

from launchready_testbed.people import Person
from launchready_testbed.portal.passwords import hash_password, password_of
from launchready_testbed.world import World


def join(world: World, person: Person, tenant: int, name: str) -> None:
    """Lets `person` sign in, as one of the client with the number `tenant`, and names them in the portal file."""
    secrets = world.lab.secrets
    secrets.add(person.name, "username", person.email)
    secrets.add(person.name, "password", password_of(person.email))
    told = secrets.identity(person)
    del told["mailbox"]  # nobody writes to them
    world.identities.append(told)

    def seed(database: sqlite3.Connection) -> None:
        database.execute(
            "INSERT INTO users (tenant, email, name, role, password) VALUES (?, ?, ?, ?, ?)",
            (tenant, person.email, name, person.role, hash_password(password_of(person.email))),
        )

    world.seeds.append(seed)
