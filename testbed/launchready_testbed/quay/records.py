"""What does quay keep? Records of two clients under identifiers of every kind, in memory, fresh in each world."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass, field
from typing import Any

from launchready_testbed.quay.people import TENANTS, number_of

Record = dict[str, Any]
FIRST_DAY = datetime.date(2026, 2, 2)
GOODS = ("Green coffee, 60 sacks", "Oak planks", "Spare pumps", "Glassware", "Printed boxes", "Cable drums")
PLACES = ("Quay 4, waiting for customs", "On the way to the warehouse", "Delivered")
VESSELS = ("Halcyon", "Marigold")
"""Ships carry the goods of all clients."""
PROJECTS = (
    (
        ("Roastery extension", "Three roasters, insured by Ardent Coffee itself"),
        ("Tasting room", "Opens at Cais do Sodre in May"),
    ),
    (
        ("Foundry move", "Two casting pits, to be moved at night"),
        ("Veneer line", "Birch logs from Kuopio, weekly until August"),
    ),
)
"""Title and note of each client's projects, in the order of the clients."""
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def initials(name: str) -> str:
    """What a client's references begin with."""
    return "".join(word[0] for word in name.split() if word[0].isalpha())


def code_of(number: int) -> str:
    """A short code that stands for a number: neighbours look unlike, and yet it is no secret."""
    left, code = number * 15_485_863 % len(_ALPHABET) ** 5, ""
    for _ in range(5):
        left, digit = divmod(left, len(_ALPHABET))
        code += _ALPHABET[digit]
    return code


@dataclass
class Ledger:
    """Every record of one world."""

    tables: dict[str, dict[str, Record]] = field(default_factory=dict)
    audit: list[Record] = field(default_factory=list)

    @classmethod
    def seeded(cls) -> Ledger:
        """The records as they are at first."""
        ledger = cls()
        for place, (name, city) in enumerate(TENANTS):
            tenant = number_of("tenant", name)
            ledger.keep("tenants", {"id": tenant, "tenant": tenant, "name": name, "city": city})
            for number, goods in enumerate(GOODS, start=1):
                ledger.seed_order(tenant, name, number, goods)
                ledger.seed_receipt(tenant, name, number, place)
            for title in ("Terms of carriage.txt", "Insurance.txt"):
                ledger.seed_file(tenant, name, title)
            for title, note in PROJECTS[place]:
                ledger.keep(
                    "projects",
                    {
                        "id": number_of("project", name, title),
                        "tenant": tenant,
                        "slug": title.lower().replace(" ", "-"),
                        "title": title,
                        "note": note,
                    },
                    key="slug",
                )
        return ledger

    def seed_order(self, tenant: str, name: str, number: int, goods: str) -> None:
        """One order with its shipment and a message about it."""
        day = (FIRST_DAY + datetime.timedelta(days=5 * number)).isoformat()
        order = number_of("order", name, number)
        self.keep(
            "orders",
            {
                "id": order,
                "tenant": tenant,
                "reference": f"{initials(name)}-{4200 + 17 * number}",
                "goods": goods,
                "price_cents": 48_000 + 7_350 * number + 10 * len(name),
                "placed": day,
                "status": "placed",
                "consignee": f"{name}, gate {number}",
            },
        )
        self.keep(
            "shipments",
            {
                "id": number_of("shipment", name, number),
                "tenant": tenant,
                "order": order,
                "vessel": VESSELS[number % len(VESSELS)],
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

    def seed_receipt(self, tenant: str, name: str, number: int, place: int) -> None:
        """What a client paid for an order; receipts of all clients are numbered together."""
        count = len(TENANTS) * number + place
        record = {
            "code": code_of(9_000 + count),
            "tenant": tenant,
            "payer": name,
            "order": f"{initials(name)}-{4200 + 17 * number}",
            "amount_cents": 3_117 * count + 29,
            "paid": (FIRST_DAY + datetime.timedelta(days=5 * number + 3)).isoformat(),
        }
        self.keep("receipts", record, key="code")

    def seed_file(self, tenant: str, name: str, title: str) -> None:
        """One file; its address ends in a few letters that keep names apart."""
        stem = title.removesuffix(".txt")
        number = number_of("file", name, title)
        self.keep(
            "files",
            {
                "id": number,
                "tenant": tenant,
                "name": title,
                "address": f"{stem.lower().replace(' ', '-')}-{number[:6]}.txt",
                "content": f"{stem}\n\nAgreed with {name}, contract {number[-8:]}.\n",
            },
        )

    def keep(self, table: str, record: Record, key: str = "id") -> Record:
        """Keeps a record under what stands in its field `key`."""
        self.tables.setdefault(table, {})[record[key]] = record
        return record

    def remove(self, table: str, record: Record) -> None:
        """Takes a record away, and with an order what is on its way for it."""
        del self.tables[table][record["id"]]
        if table == "orders":
            left = [row for row in self.of("shipments", None) if row["order"] != record["id"]]
            self.tables["shipments"] = {row["id"]: row for row in left}

    def of(self, table: str, tenant: str | None) -> list[Record]:
        """The records of one client, or of all."""
        return [row for row in self.tables[table].values() if tenant is None or row["tenant"] == tenant]

    def find(self, table: str, name: str, value: str) -> Record | None:
        """The record whose field `name` has this value; None without one."""
        return next((row for row in self.tables[table].values() if row[name] == value), None)

    def note(self, actor: str, action: str, subject: str) -> None:
        """Writes who did what to what into the audit log."""
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        self.audit.append(
            {"id": str(uuid.uuid4()), "at": now, "actor": actor, "action": action, "object": subject}
        )
