"""The policy stands in a meta element; frames are forbidden by X-Frame-Options."""

from __future__ import annotations

from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    world.csp = {}
    policy = "default-src 'self'; script-src 'nonce-{nonce}'; object-src 'none'; base-uri 'none'; form-action 'self'"
    world.insert_everywhere(f'<meta http-equiv="Content-Security-Policy" content="{policy}">', place="head")


LOOKALIKE = Lookalike(
    says="The policy stands in a meta element; frames are forbidden by X-Frame-Options.",
    spares=("https/headers",),
    look=(
        "$ curl -si https://portal.lab.test:{https}/\n"
        '< <meta http-equiv="Content-Security-Policy" content="default-src'
    ),
    apply=_apply,
)
