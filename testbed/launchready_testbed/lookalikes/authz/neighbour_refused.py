"""Contracts are numbered one after the other, and each opens to its own client alone."""

from __future__ import annotations

from launchready_testbed.contracts import contracts
from launchready_testbed.fault import Lookalike
from launchready_testbed.world import World


def _apply(world: World) -> None:
    contracts(world, whose_is_asked=True)


LOOKALIKE = Lookalike(
    says="Contracts are numbered one after the other, and each opens to its own client alone.",
    spares=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null\n"
        "$ get nora /contracts/41\n"
        "< HTTP/1.1 200\n"
        "$ get nora /contracts/42\n"
        "< HTTP/1.1 404\n"
        "$ get nora /api/v1/contracts/44\n"
        "< HTTP/1.1 404"
    ),
    apply=_apply,
)
