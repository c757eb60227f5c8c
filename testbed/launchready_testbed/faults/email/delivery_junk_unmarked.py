"""Mail lands in a folder for junk that the mail server does not mark as one; its name alone says so, in German."""

from __future__ import annotations

from dataclasses import replace

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import RESET_AT_OUTLOOK
from launchready_testbed.world import World


def _apply(world: World) -> None:
    folders = {"INBOX": "", "Entw&APw-rfe": "", "Gesendet": "", "Junk-E-Mail": ""}
    for receiver in world.receivers.values():
        receiver.layout = replace(
            receiver.layout, folders=folders, places={"junk": "Junk-E-Mail"}, capabilities="", keeps_all=""
        )
        receiver.files.append(lambda _mail: "junk")


FAULT = Fault(
    says="Mail lands in a folder for junk that the mail server does not mark as one: its name alone says so.",
    trips=("email/delivery",),
    look=(
        '$ mailbox sol \'LIST "" "*"\'\n< (\\HasNoChildren) "/" "Junk-E-Mail"\n'
        + RESET_AT_OUTLOOK
        + "$ mail_in sol Junk-E-Mail | grep -i ^subject\n< Subject: "
    ),
    apply=_apply,
)
