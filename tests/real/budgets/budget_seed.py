"""Fills an empty budget manager: two projects that know nothing of each other, each with people and bills.

Private codes come as JSON on standard input, {"project": "code"}; they are made for one run.
"""

import datetime as dt
import json
import sys

from ihatemoney.models import Bill, Person, Project, db
from ihatemoney.run import create_app
from ihatemoney.utils import generate_password_hash

PROJECTS = {
    "harbour": (
        "Harbour summer house",
        ("Agnes", "Bertil", "Cecilia"),
        ("Ferry", "Firewood", "Paint", "Groceries"),
    ),
    "lighthouse": (
        "Lighthouse trip",
        ("Dagny", "Evert"),
        ("Train", "Hostel", "Museum", "Dinner", "Postcards"),
    ),
}


def seed(codes: dict[str, str]) -> None:
    """Projects, their people, and bills that the first of them paid for all."""
    for number, (slug, (name, people, bought)) in enumerate(PROJECTS.items(), start=1):
        project = Project(
            id=slug,
            name=name,
            password=generate_password_hash(codes[slug]),
            contact_email=f"owner@{slug}.lab.test",
            default_currency="XXX",
        )
        db.session.add(project)
        members = [Person(name=each, project=project, weight=1) for each in people]
        db.session.add_all(members)
        db.session.commit()
        for day, what in enumerate(bought, start=1):
            bill = Bill(
                amount=17.25 * number + 4.3 * day,
                date=dt.date(2026, 5 + number, day),
                external_link="",
                original_currency="XXX",
                owers=members,
                payer_id=members[0].id,
                project_default_currency="XXX",
                what=f"{what} for the {slug}",
                bill_type="Expense",
            )
            db.session.add(bill)
        db.session.commit()


application = create_app()
with application.app_context():
    seed(json.load(sys.stdin))
