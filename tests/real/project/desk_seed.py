"""Fills an empty help desk: two queues that act as tenants, people, tickets and articles.

Passwords come as JSON on standard input, {"user name": "password"}; they are made for one run.
"""

import json
import sys

import django

django.setup()

from django.contrib.auth.models import Permission, User  # noqa: E402 -- only after setup
from helpdesk.models import FollowUp, KBCategory, KBItem, Queue, Ticket  # noqa: E402

ARTICLES = {
    "Getting started": ("How do I open a ticket?", "How long does an answer take?"),
    "Invoices": ("Where do I find my invoice?", "How do I change the billing address?"),
}


def seed(passwords: dict[str, str]) -> None:
    """Queues, people, tickets and articles."""
    User.objects.create_superuser("root-admin", "admin@lab.test", passwords["root-admin"])
    for title, name in (("Harbour", "customer"), ("Lighthouse", "other-customer")):
        User.objects.create_user(name, f"customer1@{title.lower()}.lab.test", passwords[name])
    for title in ("Harbour", "Lighthouse"):
        tenant(title, passwords[f"{title.lower()}-agent"])
    for name, questions in ARTICLES.items():
        slug = name.lower().replace(" ", "-")
        category = KBCategory.objects.create(name=name, title=name, slug=slug, description=name, public=True)
        for question in questions:
            KBItem.objects.create(category=category, title=question, question=question, answer="*Ask us*.")


def tenant(title: str, password: str) -> None:
    """A queue, the one agent who may see it, and its tickets."""
    slug = title.lower()
    queue = Queue.objects.create(title=title, slug=slug, allow_public_submission=True)
    agent = User.objects.create_user(f"{slug}-agent", f"agent@{slug}.lab.test", password, is_staff=True)
    agent.user_permissions.add(Permission.objects.get(codename=queue.permission_name.partition(".")[2]))
    for number in range(1, 9):
        ticket = Ticket.objects.create(
            queue=queue,
            title=f"{title}: printer {number} is out of paper",
            description="The tray is empty and the spare paper is gone as well.",
            submitter_email=f"customer{number}@{slug}.lab.test",
            assigned_to=agent,
        )
        FollowUp.objects.create(ticket=ticket, title="On its way", comment="Paper is ordered.", user=agent)


seed(json.load(sys.stdin))
