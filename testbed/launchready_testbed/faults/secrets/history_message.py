"""A key was pasted into the message of a commit."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.secret_shapes import sendgrid
from launchready_testbed.source_code import Commit
from launchready_testbed.world import World


def _apply(world: World) -> None:
    message = f"Send mail through SendGrid\n\nUse {sendgrid('message')} until the new account is there."
    world.source.main.append(Commit(message, {"portal/mail.py": "FROM = 'portal@lab.test'\n"}))


FAULT = Fault(
    says="A key was pasted into the message of a commit.",
    trips=("secrets/history",),
    look="$ git -C {source} log --format=%B | grep -o 'Use SG[.]'\n< Use SG.",
    apply=_apply,
)
