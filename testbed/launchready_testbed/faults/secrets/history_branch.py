"""A key stands on a branch that was never merged."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.secret_shapes import sendgrid
from launchready_testbed.source_code import Commit
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.source.branches["spike/mail"] = [
        Commit("Try another mailer", {"portal/mailer.py": f'KEY = "{sendgrid()}"\n'}, "Ben Example")
    ]


FAULT = Fault(
    says="A key stands on a branch that was never merged.",
    trips=("secrets/history",),
    look=(
        "$ git -C {source} grep -c 'KEY = .SG' main; git -C {source} grep -o 'KEY = .SG[.]' spike/mail\n"
        "< spike/mail:portal/mailer.py:KEY"
    ),
    apply=_apply,
)
