"""Contracts that stand in nobody's pages open to whoever counts on from their own."""

from __future__ import annotations

from launchready_testbed.contracts import contracts
from launchready_testbed.fault import Fault
from launchready_testbed.world import World


def _apply(world: World) -> None:
    contracts(world, whose_is_asked=False)


FAULT = Fault(
    says="Contracts that stand in nobody's pages open to whoever counts on from their own.",
    trips=("authz/object",),
    look=(
        "$ sign_in nora > /dev/null\n"
        "$ get nora /dashboard | grep -c contracts/42\n"
        "< 0\n"
        "$ get nora /contracts/42\n"
        "< HTTP/1.1 200\n"
        "< Westpoint Ropes\n"
        "$ get nora /api/v1/contracts/42\n"
        "< Westpoint Ropes\n"
        "$ sign_in sol > /dev/null; get sol /contracts/41\n"
        "< HTTP/1.1 404"
    ),
    apply=_apply,
)
