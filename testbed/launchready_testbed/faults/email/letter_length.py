"""The signature counts how much of the text it covers, so anything may be put after it."""

from __future__ import annotations

from dataclasses import replace

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import RESET
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.mail.signatures = [replace(each, counts_length=True) for each in world.mail.signatures]


FAULT = Fault(
    says="The signature counts how much of the text it covers, so anything may be put after it.",
    trips=("email/dkim",),
    look=(RESET + "$ head_of nora DKIM-Signature | grep -o ' l=[0-9]*;'\n< l="),
    apply=_apply,
)
