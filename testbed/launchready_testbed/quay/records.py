"""What does quay keep? Records of two clients under identifiers that cannot be guessed, in memory, fresh in each world."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass, field
from typing import Any

from launchready_testbed.quay.people import TENANTS, Person, number_of

Record = dict[str, Any]
FIRST_DAY = datetime.date(2026, 2, 2)
GOODS = ("Green coffee, 60 sacks", "Oak planks", "Spare pumps", "Glassware", "Printed boxes", "Cable drums")
PLACES = ("Quay 4, waiting for customs", "On the way to the warehouse", "Delivered")


@dataclass
class Ledger:
    """Every record of one world."""

    tables: dict[str, dict[str, Record]] = field(default_factory=dict)
    audit: list[Record] = field(default_factory=list)

    @classmethod
    def seeded(cls) -> Ledger:
        """The records as they are at first."""
        ledger = cls()
        for name, city in TENANTS:
            tenant = number_of("tenant", name)
            ledger.keep("tenants", {"id": tenant, "tenant": tenant, "name": name, "city": city})
            for number, goods in enumerate(GOODS, start=1):
                ledger.seed_order(tenant, name, number, goods)
            for title in ("Terms of carriage.txt", "Insurance.txt"):
                content = f"{title.removesuffix('.txt')}\n\nAgreed with {name}.\n"
                ledger.keep(
                    "files",
                    {
                        "id": number_of("file", name, title),
                        "tenant": tenant,
                        "name": title,
                        "content": content,
                    },
                )
        return ledger

    def seed_order(self, tenant: str, name: str, number: int, goods: str) -> None:
        """One order with its shipment and a message about it."""
        day = (FIRST_DAY + datetime.timedelta(days=5 * number)).isoformat()
        order = number_of("order", name, number)
        prefix = "".join(word[0] for word in name.split() if word[0].isalpha())
        self.keep(
            "orders",
            {
                "id": order,
                "tenant": tenant,
                "reference": f"{prefix}-{4200 + 17 * number}",
                "goods": goods,
                "price_cents": 48_000 + 7_350 * number + 10 * len(name),
                "placed": day,
            },
        )
        self.keep(
            "shipments",
            {
                "id": number_of("shipment", name, number),
                "tenant": tenant,
                "order": order,
                "place": PLACES[number % len(PLACES)],
                "seen": day,
            },
        )
        if number % 2:
            text = f"{name}: when will the {goods.lower()} arrive?"
            message = number_of("message", name, number)
            self.keep(
                "messages", {"id": message, "tenant": tenant, "author": name, "text": text, "sent": day}
            )

    def keep(self, table: str, record: Record) -> Record:
        """Keeps a record."""
        self.tables.setdefault(table, {})[record["id"]] = record
        return record

    def visible(self, table: str, person: Person) -> list[Record]:
        """The records that `person` may see."""
        rows = self.tables.get(table, {}).values()
        return [row for row in rows if person.tenant is None or row["tenant"] == person.tenant]

    def note(self, actor: str, action: str, subject: str) -> None:
        """Writes who did what to what into the audit log."""
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        self.audit.append(
            {"id": str(uuid.uuid4()), "at": now, "actor": actor, "action": action, "object": subject}
        )
