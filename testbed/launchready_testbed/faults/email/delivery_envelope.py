"""Failures are reported to the name of the web server inside its own network."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.mail.asking import RESET
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.mail.envelope = "www-data@web-1.internal"


FAULT = Fault(
    says="Failures are reported to the name of the web server inside its own network.",
    trips=("email/delivery",),
    look=(RESET + "$ head_of nora Return-Path\n< Return-Path: <www-data@web-1.internal>"),
    apply=_apply,
)
