"""A key was committed and taken out again with the next commit."""

from __future__ import annotations

from launchready_testbed.fault import Fault
from launchready_testbed.secret_shapes import stripe
from launchready_testbed.source_code import Commit
from launchready_testbed.world import World


def _apply(world: World) -> None:
    key = f'STRIPE_SECRET_KEY = "{stripe()}"\n'
    world.source.main += [
        Commit("Take payments", {"portal/payments.py": key}),
        Commit("Take the key out of the code", {"portal/payments.py": "import os\n"}),
    ]


FAULT = Fault(
    says="A key was committed and taken out again with the next commit.",
    trips=("secrets/history",),
    look=(
        "$ grep -rc sk_live {source}/portal; git -C {source} log -p --all | grep -o '^[+-]STRIPE_SECRET_KEY = .sk_live_'\n"
        "< payments.py:0\n< -STRIPE_SECRET_KEY\n< +STRIPE_SECRET_KEY"
    ),
    apply=_apply,
)
